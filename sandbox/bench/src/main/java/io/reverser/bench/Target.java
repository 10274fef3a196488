package io.reverser.bench;

import static io.reverser.bench.Contestant.FAST_JAR;
import static io.reverser.bench.Contestant.FLASK;
import static io.reverser.bench.Contestant.RAW_VERTX;
import static io.reverser.bench.Contestant.REVERSER;
import static io.reverser.bench.Contestant.SMALL;

import java.util.List;
import java.util.Locale;

/**
 * A promise about the reverser and what came of it.
 *
 * @param verdict met, missed, or why it cannot be told
 */
record Target(String promise, String limit, String measured, String verdict) {

    /** The promise in microseconds is for a machine on which the raw handler needs at most these. */
    private static final double RAW_CPU = 6;

    static List<Target> of(Results results) {
        double rawCpu = results.of(RAW_VERTX).load().cpu();
        double cpu = results.of(REVERSER).load().cpu();
        return List.of(
                atLeast(
                        0.6,
                        "Requests/s ÷ raw Vert.x handler's",
                        results.ratio(f -> f.load().perSecond(), REVERSER, RAW_VERTX)),
                atLeast(
                        500,
                        "Requests/s ÷ Flask app's",
                        results.ratio(f -> f.load().perSecond(), REVERSER, FLASK)),
                atMost(2, "CPU per request ÷ raw Vert.x handler's", cpu / rawCpu),
                rawCpu <= RAW_CPU
                        ? atMost(11, "CPU per request, µs", cpu)
                        : new Target(
                                "CPU per request, µs",
                                "≤ 11.0",
                                Table.number(cpu),
                                "slow machine: raw Vert.x needs over " + Table.number(RAW_CPU)),
                atMost(220, "Memory under load, MB", results.of(REVERSER).load().memory()),
                atMost(
                        132,
                        "Memory under load, small setting, MB",
                        results.of(SMALL).load().memory()),
                atMost(
                        0.5,
                        "Start to first 200 ÷ plain fast-jar's",
                        results.ratio(Figures::startUp, REVERSER, FAST_JAR)),
                new Target(
                        "Visits found in the database",
                        "all",
                        String.format(Locale.ROOT, "%,d", results.accounted()),
                        "met"));
    }

    private static Target atLeast(double limit, String promise, double measured) {
        return new Target(
                promise, "≥ " + Table.number(limit), Table.number(measured), measured >= limit ? "met" : "missed");
    }

    private static Target atMost(double limit, String promise, double measured) {
        return new Target(
                promise, "≤ " + Table.number(limit), Table.number(measured), measured <= limit ? "met" : "missed");
    }
}
