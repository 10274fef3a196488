package io.reverser.bench.comparison;

import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.report.SvgDocument;
import io.reverser.bench.server.ServerVariant;
import java.util.ArrayList;
import java.util.List;

/**
 * The chart of a comparison: each server's requests per second as a multiple of Flask's, on a logarithmic scale, and
 * each server's start-up time.
 */
public record ComparisonChart(Results results) {

    private static final int BARS_X = 200;
    private static final int MAX_BAR_WIDTH = 400;
    private static final int ROW_HEIGHT = 28;
    private static final int HEADER_HEIGHT = 46;

    /**
     * One bar of the chart.
     *
     * @param length as a share of the longest possible bar, from 0 to 1
     */
    private record Bar(ServerVariant variant, double length, String text) {}

    /** An SVG document that follows the reader's light or dark setting. */
    public String toSvg() {
        int panel = HEADER_HEIGHT + results.measurements().size() * ROW_HEIGHT;
        return new SvgDocument(
                        "The reverser compared with the alternatives: requests per second and start-up time",
                        2 * panel + 16,
                        List.of(
                                new SvgDocument.Style(".name", "text-anchor: end", "text-anchor: end"),
                                new SvgDocument.Style(".bar", "fill: #8c959f", "fill: #6e7681"),
                                new SvgDocument.Style(".ours", "fill: #0969da", "fill: #2f81f7")))
                .render(panel(0, "Requests per second, as a multiple of Flask's (logarithmic scale)", throughputBars())
                        + panel(
                                panel,
                                "From the start of the process to the first response (shorter is better)",
                                startupBars()));
    }

    private List<Bar> throughputBars() {
        double max = Math.log(results.measurements().keySet().stream()
                .mapToDouble(this::throughputOverFlask)
                .max()
                .orElseThrow());
        return results.measurements().keySet().stream()
                .map(variant -> new Bar(
                        variant,
                        Math.log(throughputOverFlask(variant)) / max,
                        "×" + MarkdownTable.formatNumber(throughputOverFlask(variant)) + "  ("
                                + MarkdownTable.formatNumber(
                                        results.of(variant).load().perSecond()) + "/s)"))
                .toList();
    }

    private double throughputOverFlask(ServerVariant variant) {
        return results.ratio(measurements -> measurements.load().perSecond(), variant, ServerVariant.FLASK);
    }

    private List<Bar> startupBars() {
        double max = results.measurements().keySet().stream()
                .mapToDouble(variant -> results.of(variant).startupMillis())
                .max()
                .orElseThrow();
        return results.measurements().keySet().stream()
                .map(variant -> {
                    double millis = results.of(variant).startupMillis();
                    return new Bar(variant, millis / max, MarkdownTable.formatNumber(millis) + " ms");
                })
                .toList();
    }

    private static String panel(int top, String title, List<Bar> bars) {
        var lines = new ArrayList<String>();
        lines.add("<text class=\"panel\" x=\"24\" y=\"%d\">%s</text>".formatted(top + 30, title));
        int y = top + HEADER_HEIGHT;
        for (Bar bar : bars) {
            long width = Math.max(2, Math.round(bar.length * MAX_BAR_WIDTH));
            boolean ours = bar.variant == ServerVariant.REVERSER || bar.variant == ServerVariant.SMALL;
            lines.add("<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>"
                    .formatted(BARS_X - 8, y + 15, bar.variant.title));
            lines.add("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" rx=\"3\"/>"
                    .formatted(ours ? "ours" : "bar", BARS_X, y, width));
            lines.add("<text x=\"%d\" y=\"%d\">%s</text>".formatted(BARS_X + width + 8, y + 15, bar.text));
            y += ROW_HEIGHT;
        }
        return String.join("\n", lines).indent(2);
    }
}
