package io.reverser.bench.comparison;

import static io.reverser.bench.server.ServerVariant.FAST_JAR;
import static io.reverser.bench.server.ServerVariant.FLASK;
import static io.reverser.bench.server.ServerVariant.GO;
import static io.reverser.bench.server.ServerVariant.RAW_VERTX;
import static io.reverser.bench.server.ServerVariant.REVERSER;
import static io.reverser.bench.server.ServerVariant.SMALL;

import io.reverser.bench.load.LatencyPercentiles;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.report.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The reverser's performance objectives, and whether a run of the bench met them. */
final class ReverserObjectives {

    /**
     * The absolute objective for CPU time per request applies only to machines on which the raw Vert.x handler needs at
     * most this many microseconds per request.
     */
    private static final double MAX_BASELINE_CPU_MICROS = 6;

    private static final String CPU_RATIO = "CPU per request ÷ raw Vert.x handler's";

    static final String PAIRED_CPU_RATIO = CPU_RATIO + ", best of 3 pairs";

    private ReverserObjectives() {}

    static List<Objective> evaluate(Results results) {
        double rawCpu = results.of(RAW_VERTX).load().cpu();
        double cpu = results.of(REVERSER).load().cpu();
        var objectives = new ArrayList<>(List.of(
                Objective.atLeast(
                        "Requests/s ÷ raw Vert.x handler's",
                        0.6,
                        results.ratio(m -> m.load().perSecond(), REVERSER, RAW_VERTX)),
                Objective.atLeast(
                        "Requests/s ÷ Flask app's",
                        500,
                        results.ratio(m -> m.load().perSecond(), REVERSER, FLASK)),
                Objective.atMost(CPU_RATIO, 1.9, cpu / rawCpu),
                Objective.atMost(PAIRED_CPU_RATIO, 1.9, results.pairedCpuRatio()),
                Objective.atMost(CPU_RATIO + ", aim", 1.4, cpu / rawCpu),
                rawCpu <= MAX_BASELINE_CPU_MICROS
                        ? Objective.atMost("CPU per request, µs", 11, cpu)
                        : new Objective(
                                "CPU per request, µs",
                                "≤ 11.0",
                                MarkdownTable.formatNumber(cpu),
                                "slow machine: raw Vert.x needs over "
                                        + MarkdownTable.formatNumber(MAX_BASELINE_CPU_MICROS))));
        if (results.measurements().containsKey(GO)) {
            objectives.add(Objective.atLeast(
                    "Requests per CPU second ÷ Go server's",
                    1.6,
                    results.ratio(m -> m.load().cpu(), GO, REVERSER)));
        }
        String atFixedRate = " at %,d requests/s, ms".formatted(ComparisonRun.FIXED_RATE);
        LatencyPercentiles latency = results.latency(REVERSER);
        objectives.addAll(List.of(
                Objective.atMost("p50" + atFixedRate, 0.5, latency.p50()),
                Objective.atMost("p99" + atFixedRate, 5, latency.p99()),
                Objective.atMost("p99.9" + atFixedRate, 20, latency.p999()),
                Objective.atMost(
                        "Memory under load, MB",
                        195,
                        results.of(REVERSER).load().memory()),
                Objective.atMost(
                        "Memory under load, small setting, MB",
                        132,
                        results.of(SMALL).load().memory()),
                Objective.atLeast(
                        "Requests/s, small setting ÷ normal setting",
                        0.65,
                        results.ratio(m -> m.load().perSecond(), SMALL, REVERSER)),
                Objective.atMost(
                        "Start to first 200 ÷ plain fast-jar's",
                        0.45,
                        results.ratio(Measurements::startupMillis, REVERSER, FAST_JAR)),
                new Objective(
                        "Visits found in the database",
                        "all",
                        String.format(Locale.ROOT, "%,d", results.verifiedVisits()),
                        "met")));
        return objectives;
    }
}
