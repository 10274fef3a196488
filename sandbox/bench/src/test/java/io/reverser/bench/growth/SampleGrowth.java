package io.reverser.bench.growth;

import io.reverser.bench.growth.GrowthReport.NetworkVisits;
import io.reverser.bench.host.MachineInfo;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Invented results of growth, for tests. */
final class SampleGrowth {

    private static final MachineInfo MACHINE =
            new MachineInfo(2, "some processor", "Linux 6.1 amd64", "JDK 25", 0.014, LocalDate.of(2026, 5, 17));

    private SampleGrowth() {}

    static GrowthReport report(NetworkVisits network) {
        return new GrowthReport(
                series("Callers", Quantity.values(), "1,000", "1,000,000"),
                load("Connections", "1", "64", "4,096"),
                load("Heap MB", "64", "512"),
                load("Cores", "1", "2"),
                load("Form", "Text", "JSON", "HTML"),
                network,
                MACHINE);
    }

    private static Series load(String variable, String... values) {
        return series(
                variable, new Quantity[] {Quantity.REQUESTS, Quantity.CPU, Quantity.P99, Quantity.MEMORY}, values);
    }

    /** Every quantity of the nth point has the value 100 n. */
    private static Series series(String variable, Quantity[] quantities, String... values) {
        List<String> order = List.of(values);
        return new Series(
                variable,
                Stream.of(values)
                        .map(value -> new Series.Point(value, all(quantities, 100.0 * (order.indexOf(value) + 1))))
                        .toList());
    }

    private static Map<Quantity, Double> all(Quantity[] quantities, double measured) {
        return Arrays.stream(quantities).collect(Collectors.toMap(Function.identity(), quantity -> measured));
    }
}
