package io.reverser.bench.comparison;

import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.report.Objective;
import io.reverser.bench.server.ServerVariant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The report of a comparison of servers, as text and tables.
 *
 * @param versions the versions of the tools of the alternative servers
 */
public record BenchReport(Results results, MachineInfo machine, List<String> versions) {

    public String markdown() {
        return """
                %s
                %s
                Ratios are from this one run, on this one machine.

                %s
                %s
                """.formatted(
                        serverTable().markdown(),
                        latencyTable().markdown(),
                        Objective.table(ReverserObjectives.evaluate(results)).markdown(),
                        machine.describe(versions.toArray(String[]::new)));
    }

    /** The given ratios, with the one of this run. */
    public ProcessorRatios addTo(ProcessorRatios earlier) {
        return earlier.with(machine.cpuModel(), results.pairedCpuRatio());
    }

    private MarkdownTable serverTable() {
        return new MarkdownTable(
                List.of("Server", "Requests/s", "CPU µs/request", "p50 ms", "p99 ms", "Memory MB", "First 200 ms"),
                results.measurements().keySet().stream().map(this::serverRow).toList());
    }

    private List<String> serverRow(ServerVariant variant) {
        Measurements measurements = results.of(variant);
        Round load = measurements.load();
        return row(
                variant.title,
                load.perSecond(),
                load.cpu(),
                load.p50(),
                load.p99(),
                load.memory(),
                measurements.startupMillis());
    }

    private MarkdownTable latencyTable() {
        return new MarkdownTable(
                List.of(
                        "At %s requests/s".formatted(MarkdownTable.formatNumber(ComparisonRun.FIXED_RATE)),
                        "p50 ms",
                        "p99 ms",
                        "p99.9 ms"),
                results.latencies().entrySet().stream()
                        .map(entry -> row(
                                entry.getKey().title,
                                entry.getValue().p50(),
                                entry.getValue().p99(),
                                entry.getValue().p999()))
                        .toList());
    }

    private static List<String> row(String title, double... values) {
        return Stream.concat(Stream.of(title), Arrays.stream(values).mapToObj(MarkdownTable::formatNumber))
                .toList();
    }
}
