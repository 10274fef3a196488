package io.reverser.bench.comparison;

import static io.reverser.bench.server.ServerVariant.FAST_JAR;
import static io.reverser.bench.server.ServerVariant.FLASK;
import static io.reverser.bench.server.ServerVariant.GO;
import static io.reverser.bench.server.ServerVariant.RAW_VERTX;
import static io.reverser.bench.server.ServerVariant.REVERSER;
import static io.reverser.bench.server.ServerVariant.SMALL;

import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.load.LatencyPercentiles;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Invented results of a comparison of servers, for tests. */
final class SampleResults {

    static final MachineInfo MACHINE =
            new MachineInfo(2, "some processor", "Linux 6.1 amd64", "JDK 25", 0.014, LocalDate.of(2026, 5, 17));
    static final List<String> VERSIONS = List.of("go1.26", "Python 3.11, Flask 2.2");

    private SampleResults() {}

    static Results results(double rawCpu, double reverserPerSecond) {
        return new Results(
                new TreeMap<>(Map.of(
                        REVERSER, new Measurements(480, new Round(reverserPerSecond, 10.2, 0.4, 4.1, 187.3)),
                        SMALL, new Measurements(490, new Round(88_000, 11.5, 0.5, 5, 131.9)),
                        FAST_JAR, new Measurements(1100, new Round(91_000, 10.9, 0.4, 6.2, 312)),
                        RAW_VERTX, new Measurements(450, new Round(160_000, rawCpu, 0.34, 1, 120)),
                        GO, new Measurements(20, new Round(99_000, 17.2, 0.6, 7, 14)),
                        FLASK, new Measurements(520, new Round(140, 9_800, 440, 1_020, 75)))),
                new TreeMap<>(Map.of(
                        REVERSER, new LatencyPercentiles(0.151, 0.512, 4.26),
                        RAW_VERTX, new LatencyPercentiles(0.12, 0.31, 1.95),
                        GO, new LatencyPercentiles(0.16, 0.62, 1.25))),
                1.79,
                1_234_567);
    }
}
