package io.reverser.bench.growth;

import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.report.SvgDocument;
import io.reverser.bench.report.SvgDocument.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart with a panel for each quantity of each series; every panel has one column for each point. */
record GrowthChart(List<Panel> panels) {

    private static final int PANELS_PER_ROW = 2;
    private static final int PANEL_WIDTH = 356;
    private static final int PANEL_HEIGHT = 168;
    private static final int LEFT = 24;
    private static final int PLOT_TOP = 56;
    private static final int PLOT_HEIGHT = 80;
    private static final double COLUMN_SHARE = 0.7;

    private static final List<Style> STYLES = List.of(
            new Style(".column", "fill: #0969da", "fill: #2f81f7"),
            new Style(".line", "stroke: #d0d7de", "stroke: #30363d"),
            new Style(".small", "font-size: 11px; text-anchor: middle", "font-size: 11px; text-anchor: middle"));

    /** One quantity of a series. */
    record Panel(Series series, Quantity quantity) {

        boolean isMeasured() {
            return series.points().getFirst().measured().containsKey(quantity);
        }

        private String title() {
            String variable = series.variable();
            return quantity.title + " by " + variable.substring(0, 1).toLowerCase(Locale.ROOT) + variable.substring(1);
        }

        private double max() {
            return series.points().stream()
                    .mapToDouble(point -> point.get(quantity))
                    .max()
                    .orElseThrow();
        }
    }

    /** An SVG document that follows the reader's light or dark setting. */
    String toSvg() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < panels.size(); i++) {
            lines.addAll(
                    draw(panels.get(i), LEFT + i % PANELS_PER_ROW * PANEL_WIDTH, i / PANELS_PER_ROW * PANEL_HEIGHT));
        }
        int rows = (panels.size() + PANELS_PER_ROW - 1) / PANELS_PER_ROW;
        return new SvgDocument("The reverser's costs as its work grows", rows * PANEL_HEIGHT + 8, STYLES)
                .render(String.join("\n", lines).indent(2));
    }

    private static List<String> draw(Panel panel, int left, int top) {
        var lines = new ArrayList<String>();
        lines.add("<text class=\"panel\" x=\"%d\" y=\"%d\">%s</text>".formatted(left, top + 30, panel.title()));
        int bottom = top + PLOT_TOP + PLOT_HEIGHT;
        double pitch = (PANEL_WIDTH - LEFT) / (double) panel.series.points().size();
        double max = Math.max(panel.max(), Double.MIN_NORMAL);
        for (int i = 0; i < panel.series.points().size(); i++) {
            Series.Point point = panel.series.points().get(i);
            double height = point.get(panel.quantity) / max * PLOT_HEIGHT;
            double middle = left + (i + 0.5) * pitch;
            lines.add("<rect class=\"column\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                    .formatted(
                            number(middle - pitch * COLUMN_SHARE / 2),
                            number(bottom - height),
                            number(pitch * COLUMN_SHARE),
                            number(height)));
            lines.add(label(middle, bottom - height - 4, MarkdownTable.formatNumber(point.get(panel.quantity))));
            lines.add(label(middle, bottom + 15, point.value()));
        }
        lines.add("<line class=\"line\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
                .formatted(left, bottom, left + PANEL_WIDTH - LEFT, bottom));
        return lines;
    }

    private static String label(double x, double y, String text) {
        return "<text class=\"small\" x=\"%s\" y=\"%s\">%s</text>".formatted(number(x), number(y), text);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
