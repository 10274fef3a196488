package io.reverser.bench.comparison;

import static io.reverser.bench.server.ServerVariant.FAST_JAR;
import static io.reverser.bench.server.ServerVariant.FLASK;
import static io.reverser.bench.server.ServerVariant.RAW_VERTX;
import static io.reverser.bench.server.ServerVariant.REVERSER;
import static io.reverser.bench.server.ServerVariant.SMALL;

import io.reverser.bench.report.MarkdownTable;
import java.util.List;
import java.util.Locale;

/**
 * A promise about the reverser and what came of it.
 *
 * @param verdict met, missed, or why it cannot be told
 */
record ReverserObjective(String name, String limit, String measured, String verdict) {

    /** The promise in microseconds is for a machine on which the raw handler needs at most these. */
    private static final double MAX_BASELINE_CPU_MICROS = 6;

    static List<ReverserObjective> evaluate(Results results) {
        double rawCpu = results.of(RAW_VERTX).load().cpu();
        double cpu = results.of(REVERSER).load().cpu();
        return List.of(
                atLeast(
                        0.6,
                        "Requests/s ÷ raw Vert.x handler's",
                        results.ratio(m -> m.load().perSecond(), REVERSER, RAW_VERTX)),
                atLeast(
                        500,
                        "Requests/s ÷ Flask app's",
                        results.ratio(m -> m.load().perSecond(), REVERSER, FLASK)),
                atMost(2, "CPU per request ÷ raw Vert.x handler's", cpu / rawCpu),
                rawCpu <= MAX_BASELINE_CPU_MICROS
                        ? atMost(11, "CPU per request, µs", cpu)
                        : new ReverserObjective(
                                "CPU per request, µs",
                                "≤ 11.0",
                                MarkdownTable.formatNumber(cpu),
                                "slow machine: raw Vert.x needs over "
                                        + MarkdownTable.formatNumber(MAX_BASELINE_CPU_MICROS)),
                atMost(220, "Memory under load, MB", results.of(REVERSER).load().memory()),
                atMost(
                        132,
                        "Memory under load, small setting, MB",
                        results.of(SMALL).load().memory()),
                atMost(
                        0.5,
                        "Start to first 200 ÷ plain fast-jar's",
                        results.ratio(Measurements::startupMillis, REVERSER, FAST_JAR)),
                new ReverserObjective(
                        "Visits found in the database",
                        "all",
                        String.format(Locale.ROOT, "%,d", results.verifiedVisits()),
                        "met"));
    }

    private static ReverserObjective atLeast(double limit, String name, double measured) {
        return new ReverserObjective(
                name,
                "≥ " + MarkdownTable.formatNumber(limit),
                MarkdownTable.formatNumber(measured),
                measured >= limit ? "met" : "missed");
    }

    private static ReverserObjective atMost(double limit, String name, double measured) {
        return new ReverserObjective(
                name,
                "≤ " + MarkdownTable.formatNumber(limit),
                MarkdownTable.formatNumber(measured),
                measured <= limit ? "met" : "missed");
    }
}
