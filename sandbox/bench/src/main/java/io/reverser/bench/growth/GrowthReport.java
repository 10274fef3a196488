package io.reverser.bench.growth;

import static io.reverser.bench.growth.Quantity.CPU;
import static io.reverser.bench.growth.Quantity.FLUSH;
import static io.reverser.bench.growth.Quantity.MEMORY;
import static io.reverser.bench.growth.Quantity.P99;
import static io.reverser.bench.growth.Quantity.REQUESTS;
import static io.reverser.bench.growth.Quantity.ROWS;

import io.reverser.bench.growth.GrowthChart.Panel;
import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.report.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the reverser's costs grow, as text, tables and a chart.
 *
 * @param cores with one CPU, and with all
 * @param forms of the response
 */
public record GrowthReport(
        Series callers,
        Series connections,
        Series heap,
        Series cores,
        Series forms,
        NetworkVisits network,
        MachineInfo machine) {

    private static final String CHART_LINK =
            "![Requests per second, CPU time, latency and memory by callers, connections, heap, cores and form]"
                    + "(performance-growth.svg)\n\n";

    private static final double MAX_MEMORY_MB = 220;

    /** The number of rows for the addresses of one IPv6 /64, and the row that further addresses share. */
    private static final int MAX_NETWORK_ROWS = 257;

    /**
     * The result of visits by many addresses of one IPv6 /64.
     *
     * @param addresses the number of addresses, each with one visit
     * @param rows the number of rows in the table of visits
     * @param visits the sum of the rows' visits
     * @param memory the peak memory, in megabytes
     */
    record NetworkVisits(long addresses, long rows, long visits, double memory) {}

    /** The tables, and the chart in {@code docs/performance-growth.svg}. */
    public String markdown() {
        return CHART_LINK
                + Stream.of(callers, connections, heap, cores, forms)
                        .map(series -> series.table().markdown() + "\n")
                        .collect(Collectors.joining())
                + Objective.table(objectives()).markdown() + "\n"
                + machine.describe() + "\n";
    }

    public String toSvg() {
        var panels = new ArrayList<Panel>();
        Stream.of(REQUESTS, MEMORY, ROWS, FLUSH).forEach(quantity -> panels.add(new Panel(callers, quantity)));
        Stream.of(REQUESTS, CPU, P99, MEMORY).forEach(quantity -> panels.add(new Panel(connections, quantity)));
        Stream.of(REQUESTS, MEMORY).forEach(quantity -> panels.add(new Panel(heap, quantity)));
        Stream.of(REQUESTS, CPU).forEach(quantity -> panels.add(new Panel(cores, quantity)));
        Stream.of(REQUESTS, CPU).forEach(quantity -> panels.add(new Panel(forms, quantity)));
        panels.removeIf(panel -> !panel.isMeasured());
        return new GrowthChart(panels).toSvg();
    }

    List<Objective> objectives() {
        Series.Point mostCallers = callers.points().getLast();
        String addresses = "%,d addresses of one IPv6 /64: ".formatted(network.addresses());
        return List.of(
                Objective.atMost(
                        "Memory with %s callers, MB".formatted(mostCallers.value()),
                        MAX_MEMORY_MB,
                        mostCallers.get(MEMORY)),
                Objective.atMost(addresses + "memory, MB", MAX_MEMORY_MB, network.memory()),
                Objective.atMost(addresses + "rows", MAX_NETWORK_ROWS, (double) network.rows()),
                Objective.atLeast(
                        addresses + "stored visits", (double) network.addresses(), (double) network.visits()));
    }
}
