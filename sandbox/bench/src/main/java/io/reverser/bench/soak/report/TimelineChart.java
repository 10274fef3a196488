package io.reverser.bench.soak.report;

import io.reverser.bench.reconciliation.RotationReconciliation.Rotation;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.report.SvgDocument;
import io.reverser.bench.report.SvgDocument.Style;
import io.reverser.bench.soak.observation.ResponseLog.SecondSummary;
import io.reverser.bench.soak.report.SoakResult.RunSummary;
import io.reverser.bench.soak.run.FaultController.FaultPeriod;
import io.reverser.bench.soak.scenario.InjectedFault.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** A chart of the reverser's responses over time, with the injected faults in rows below. */
public record TimelineChart(SoakResult result) {

    static final int LEFT = 118;
    static final int WIDTH = 618;
    private static final int TOP = 50;
    private static final int PLOT_HEIGHT = 150;
    private static final int LANE_HEIGHT = 22;
    private static final int COLUMNS = 206;
    private static final int HEIGHT = TOP + PLOT_HEIGHT + 40 + 6 * LANE_HEIGHT + 34;

    private static final List<Style> STYLES = List.of(
            new Style(".good", "fill: #0969da", "fill: #2f81f7"),
            new Style(".bad", "fill: #cf222e", "fill: #ff7b72"),
            new Style(".fault", "fill: #9a6700", "fill: #d29922"),
            new Style(".rotation", "fill: #1a7f37", "fill: #3fb950"),
            new Style(".line", "stroke: #d0d7de", "stroke: #30363d"),
            new Style(".small", "font-size: 12px", "font-size: 12px"),
            new Style(".lane", "text-anchor: end; font-size: 12px", "text-anchor: end; font-size: 12px"));

    public String toSvg() {
        var lines = new ArrayList<String>();
        lines.add(text("panel", 24, 30, "Successful and failed requests per second over time"));
        lines.addAll(requestBars());
        lines.addAll(faultLanes());
        return new SvgDocument("A soak over time: requests, failures and faults", HEIGHT, STYLES)
                .render(String.join("\n", lines).indent(2));
    }

    private List<String> requestBars() {
        var lines = new ArrayList<String>();
        double column = Math.max(1, run().duration().toSeconds() / (double) COLUMNS);
        double max = 0;
        double[] good = new double[COLUMNS];
        double[] bad = new double[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            SortedMap<Long, SecondSummary> seconds =
                    run().seconds().subMap((long) (i * column), (long) Math.max(i * column + 1, (i + 1) * column));
            good[i] = seconds.values().stream()
                    .mapToLong(SecondSummary::answered)
                    .average()
                    .orElse(0);
            bad[i] = seconds.values().stream().mapToLong(SecondSummary::failed).sum();
            max = Math.max(max, good[i]);
        }
        int bottom = TOP + PLOT_HEIGHT;
        lines.add(text("lane", LEFT - 8, TOP + 5, MarkdownTable.formatNumber(max) + "/s"));
        lines.add(text("lane", LEFT - 8, bottom + 4, "0"));
        for (int i = 0; i < COLUMNS; i++) {
            double height = good[i] / Math.max(1, max) * PLOT_HEIGHT;
            lines.add(rectangle("good", LEFT + i * 3, bottom - height, 3, height));
            if (bad[i] > 0) {
                lines.add(rectangle("bad", LEFT + i * 3, TOP - 8, 3, 6));
                lines.add(rectangle("bad", LEFT + i * 3, TOP, 3, Math.max(4, bad[i] / Math.max(1, max) * PLOT_HEIGHT)));
            }
        }
        return lines;
    }

    private List<String> faultLanes() {
        var lines = new ArrayList<String>();
        int y = TOP + PLOT_HEIGHT + 40;
        for (Target target : Target.values()) {
            lines.add(lane(y, target.title));
            for (FaultPeriod period : run().faults()) {
                if (period.fault().target() == target) {
                    lines.add(span(
                            "fault",
                            y,
                            period.from().wall().toEpochMilli(),
                            period.to().wall().toEpochMilli()));
                }
            }
            y += LANE_HEIGHT;
        }
        lines.add(lane(y, "rotation"));
        for (Rotation rotation : result.reconciliations().rotations().rotations()) {
            long begun = result.reconciliations()
                    .clockOffsets()
                    .fromSimulated(rotation.startedAt())
                    .wall()
                    .toEpochMilli();
            lines.add(span(rotation.isRolledBack() ? "bad" : "rotation", y, begun, begun));
        }
        for (int quarter = 0; quarter <= 4; quarter++) {
            Duration at = run().duration().multipliedBy(quarter).dividedBy(4);
            lines.add("<text class=\"small\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">%d:%02d</text>"
                    .formatted(LEFT + WIDTH * quarter / 4, TOP + PLOT_HEIGHT + 20, at.toMinutes(), at.toSecondsPart()));
        }
        return lines;
    }

    private RunSummary run() {
        return result.run();
    }

    private static String lane(int y, String title) {
        return text("lane", LEFT - 8, y + 12, title)
                + "\n<line class=\"line\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
                        .formatted(LEFT, y + 8, LEFT + WIDTH, y + 8);
    }

    private String span(String style, int y, long fromMillis, long toMillis) {
        double scale = WIDTH / (double) Math.max(1, run().duration().toMillis());
        long begun = run().startedAt().wall().toEpochMilli();
        return rectangle(
                style, LEFT + (fromMillis - begun) * scale, y + 2, Math.max(3, (toMillis - fromMillis) * scale), 12);
    }

    static String text(String style, int x, int y, String text) {
        return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(style, x, y, text);
    }

    private static String rectangle(String style, double x, double y, double width, double height) {
        return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                .formatted(style, oneDecimal(x), oneDecimal(y), oneDecimal(width), oneDecimal(height));
    }

    static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
