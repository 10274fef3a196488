package io.reverser.bench.soak.report;

import static io.reverser.bench.soak.report.TimelineChart.LEFT;
import static io.reverser.bench.soak.report.TimelineChart.WIDTH;
import static io.reverser.bench.soak.report.TimelineChart.oneDecimal;
import static io.reverser.bench.soak.report.TimelineChart.text;

import io.reverser.bench.reconciliation.ResourceTrends;
import io.reverser.bench.reconciliation.ResourceTrends.Sample;
import io.reverser.bench.reconciliation.ResourceTrends.Trend;
import io.reverser.bench.report.SvgDocument;
import io.reverser.bench.report.SvgDocument.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The memory of each kind of process over time: one small panel for each kind, all on the same scale. */
public record MemoryChart(ResourceTrends resourceTrends) {

    private static final int HEADER_HEIGHT = 46;
    private static final int PANEL_PITCH = 62;
    private static final int PLOT_HEIGHT = 50;
    private static final int MAX_POINTS = 200;

    private static final List<Style> STYLES = List.of(
            new Style(".memory", "fill: none; stroke: #0969da; stroke-width: 1.5", "fill: none; stroke: #2f81f7"),
            new Style(".line", "stroke: #d0d7de", "stroke: #30363d"),
            new Style(".lane", "text-anchor: end; font-size: 12px", "text-anchor: end; font-size: 12px"));

    public String toSvg() {
        var lines = new ArrayList<String>();
        double max = resourceTrends.samples().stream()
                .mapToDouble(Sample::memory)
                .max()
                .orElse(1);
        lines.add(text("panel", 24, 30, "Resident memory over time, 0 to %.0f MB in each panel".formatted(max)));
        int y = HEADER_HEIGHT;
        List<Trend> trends = resourceTrends.trends();
        for (Trend trend : trends) {
            lines.add(text("lane", LEFT - 8, y + PLOT_HEIGHT / 2, trend.role()));
            lines.add(text(
                    "lane",
                    LEFT - 8,
                    y + PLOT_HEIGHT / 2 + 16,
                    "%.0f MB".formatted(trend.late().memory())));
            lines.add("<line class=\"line\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
                    .formatted(LEFT, y + PLOT_HEIGHT, LEFT + WIDTH, y + PLOT_HEIGHT));
            lines.add("<polyline class=\"memory\" points=\"%s\"/>".formatted(points(trend.role(), y, max)));
            y += PANEL_PITCH;
        }
        return new SvgDocument(
                        "A soak over time: memory of each kind of process",
                        HEADER_HEIGHT + trends.size() * PANEL_PITCH + 16,
                        STYLES)
                .render(String.join("\n", lines).indent(2));
    }

    private String points(String role, int top, double max) {
        Instant begun = resourceTrends.samples().getFirst().at();
        double length = Math.max(
                1,
                Duration.between(begun, resourceTrends.samples().getLast().at()).toMillis());
        List<Sample> own = resourceTrends.samples().stream()
                .filter(sample -> sample.role().equals(role))
                .toList();
        int every = Math.max(1, own.size() / MAX_POINTS);
        return own.stream()
                .filter(sample -> own.indexOf(sample) % every == 0)
                .map(sample ->
                        oneDecimal(LEFT + Duration.between(begun, sample.at()).toMillis() / length * WIDTH)
                                + ","
                                + oneDecimal(top + PLOT_HEIGHT - sample.memory() / max * PLOT_HEIGHT))
                .collect(Collectors.joining(" "));
    }
}
