package io.reverser.bench.soak;

import io.reverser.bench.Picture;
import io.reverser.bench.Picture.Style;
import io.reverser.bench.Table;
import io.reverser.bench.account.RotationBook.Rotation;
import io.reverser.bench.soak.Breakage.Happened;
import io.reverser.bench.soak.Callers.Second;
import io.reverser.bench.soak.Outcome.Run;
import io.reverser.bench.soak.Trouble.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** What callers got over time, and below it what went wrong meanwhile. */
record Timeline(Outcome outcome) {

    static final int LEFT = 118;
    static final int WIDTH = 618;
    private static final int TOP = 50;
    private static final int TALL = 150;
    private static final int LANE = 22;
    private static final int COLUMNS = 206;
    private static final int HEIGHT = TOP + TALL + 40 + 6 * LANE + 34;

    private static final List<Style> STYLES = List.of(
            new Style(".good", "fill: #0969da", "fill: #2f81f7"),
            new Style(".bad", "fill: #cf222e", "fill: #ff7b72"),
            new Style(".trouble", "fill: #9a6700", "fill: #d29922"),
            new Style(".rotation", "fill: #1a7f37", "fill: #3fb950"),
            new Style(".line", "stroke: #d0d7de", "stroke: #30363d"),
            new Style(".small", "font-size: 12px", "font-size: 12px"),
            new Style(".lane", "text-anchor: end; font-size: 12px", "text-anchor: end; font-size: 12px"));

    String svg() {
        var lines = new ArrayList<String>();
        lines.add(text("panel", 24, 30, "Requests answered in a second, and failed ones, over time"));
        lines.addAll(requests());
        lines.addAll(lanes());
        return new Picture("A soak over time: requests, failures and faults", HEIGHT, STYLES)
                .svg(String.join("\n", lines).indent(2));
    }

    private List<String> requests() {
        var lines = new ArrayList<String>();
        double column = Math.max(1, run().took().toSeconds() / (double) COLUMNS);
        double most = 0;
        double[] good = new double[COLUMNS];
        double[] bad = new double[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            SortedMap<Long, Second> seconds =
                    run().seconds().subMap((long) (i * column), (long) Math.max(i * column + 1, (i + 1) * column));
            good[i] = seconds.values().stream()
                    .mapToLong(Second::answered)
                    .average()
                    .orElse(0);
            bad[i] = seconds.values().stream().mapToLong(Second::failed).sum();
            most = Math.max(most, good[i]);
        }
        int bottom = TOP + TALL;
        lines.add(text("lane", LEFT - 8, TOP + 5, Table.number(most) + "/s"));
        lines.add(text("lane", LEFT - 8, bottom + 4, "0"));
        for (int i = 0; i < COLUMNS; i++) {
            double height = good[i] / Math.max(1, most) * TALL;
            lines.add(box("good", LEFT + i * 3, bottom - height, 3, height));
            if (bad[i] > 0) {
                lines.add(box("bad", LEFT + i * 3, TOP - 8, 3, 6));
                lines.add(box("bad", LEFT + i * 3, TOP, 3, Math.max(4, bad[i] / Math.max(1, most) * TALL)));
            }
        }
        return lines;
    }

    private List<String> lanes() {
        var lines = new ArrayList<String>();
        int y = TOP + TALL + 40;
        for (Place place : Place.values()) {
            lines.add(lane(y, place.title));
            for (Happened one : run().troubles()) {
                if (one.trouble().place() == place) {
                    lines.add(span(
                            "trouble",
                            y,
                            one.from().wall().toEpochMilli(),
                            one.to().wall().toEpochMilli()));
                }
            }
            y += LANE;
        }
        lines.add(lane(y, "rotation"));
        for (Rotation rotation : outcome.books().rotations().rotations()) {
            long begun =
                    outcome.books().clocks().simulated(rotation.begun()).wall().toEpochMilli();
            lines.add(span(rotation.isTakenBack() ? "bad" : "rotation", y, begun, begun));
        }
        for (int quarter = 0; quarter <= 4; quarter++) {
            Duration at = run().took().multipliedBy(quarter).dividedBy(4);
            lines.add("<text class=\"small\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">%d:%02d</text>"
                    .formatted(LEFT + WIDTH * quarter / 4, TOP + TALL + 20, at.toMinutes(), at.toSecondsPart()));
        }
        return lines;
    }

    private Run run() {
        return outcome.run();
    }

    private static String lane(int y, String title) {
        return text("lane", LEFT - 8, y + 12, title)
                + "\n<line class=\"line\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
                        .formatted(LEFT, y + 8, LEFT + WIDTH, y + 8);
    }

    private String span(String style, int y, long fromMillis, long toMillis) {
        double scale = WIDTH / (double) Math.max(1, run().took().toMillis());
        long begun = run().begun().wall().toEpochMilli();
        return box(style, LEFT + (fromMillis - begun) * scale, y + 2, Math.max(3, (toMillis - fromMillis) * scale), 12);
    }

    static String text(String style, int x, int y, String text) {
        return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(style, x, y, text);
    }

    private static String box(String style, double x, double y, double width, double height) {
        return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                .formatted(style, short1(x), short1(y), short1(width), short1(height));
    }

    static String short1(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
