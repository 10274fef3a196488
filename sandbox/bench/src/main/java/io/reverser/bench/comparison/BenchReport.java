package io.reverser.bench.comparison;

import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.report.Objective;
import io.reverser.bench.server.ServerVariant;
import io.reverser.bench.server.Tools;
import java.util.Arrays;
import java.util.List;

/** The report of a comparison of servers, as text and tables. */
public record BenchReport(Results results, MachineInfo machine, Tools tools) {

    public String markdown() {
        return """
                %s
                Ratios are from this one run, on this one machine.

                %s
                %s
                """.formatted(
                        serverTable().markdown(),
                        Objective.table(ReverserObjectives.evaluate(results)).markdown(),
                        machine.describe(tools.versions()));
    }

    private MarkdownTable serverTable() {
        return new MarkdownTable(
                List.of("Server", "Requests/s", "CPU µs/request", "p50 ms", "p99 ms", "Memory MB", "First 200 ms"),
                Arrays.stream(ServerVariant.values()).map(this::serverRow).toList());
    }

    private List<String> serverRow(ServerVariant variant) {
        Measurements measurements = results.of(variant);
        Round load = measurements.load();
        return List.of(
                variant.title,
                MarkdownTable.formatNumber(load.perSecond()),
                MarkdownTable.formatNumber(load.cpu()),
                MarkdownTable.formatNumber(load.p50()),
                MarkdownTable.formatNumber(load.p99()),
                MarkdownTable.formatNumber(load.memory()),
                MarkdownTable.formatNumber(measurements.startupMillis()));
    }
}
