package io.reverser.bench.soak;

import static io.reverser.bench.soak.Timeline.LEFT;
import static io.reverser.bench.soak.Timeline.WIDTH;
import static io.reverser.bench.soak.Timeline.short1;
import static io.reverser.bench.soak.Timeline.text;

import io.reverser.bench.Picture;
import io.reverser.bench.Picture.Style;
import io.reverser.bench.account.VitalBook;
import io.reverser.bench.account.VitalBook.Sample;
import io.reverser.bench.account.VitalBook.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The memory of each kind of process over time, a small panel for each, all in one scale. */
record MemoryLines(VitalBook vitals) {

    private static final int HEAD = 46;
    private static final int PANEL = 62;
    private static final int TALL = 50;
    private static final int POINTS = 200;

    private static final List<Style> STYLES = List.of(
            new Style(".memory", "fill: none; stroke: #0969da; stroke-width: 1.5", "fill: none; stroke: #2f81f7"),
            new Style(".line", "stroke: #d0d7de", "stroke: #30363d"),
            new Style(".lane", "text-anchor: end; font-size: 12px", "text-anchor: end; font-size: 12px"));

    String svg() {
        var lines = new ArrayList<String>();
        double most =
                vitals.samples().stream().mapToDouble(Sample::memory).max().orElse(1);
        lines.add(text("panel", 24, 30, "Resident memory over time, 0 to %.0f MB in each panel".formatted(most)));
        int y = HEAD;
        List<Trend> trends = vitals.trends();
        for (Trend trend : trends) {
            lines.add(text("lane", LEFT - 8, y + TALL / 2, trend.role()));
            lines.add(text(
                    "lane",
                    LEFT - 8,
                    y + TALL / 2 + 16,
                    "%.0f MB".formatted(trend.late().memory())));
            lines.add("<line class=\"line\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
                    .formatted(LEFT, y + TALL, LEFT + WIDTH, y + TALL));
            lines.add("<polyline class=\"memory\" points=\"%s\"/>".formatted(points(trend.role(), y, most)));
            y += PANEL;
        }
        return new Picture(
                        "A soak over time: memory of each kind of process", HEAD + trends.size() * PANEL + 16, STYLES)
                .svg(String.join("\n", lines).indent(2));
    }

    private String points(String role, int top, double most) {
        Instant begun = vitals.samples().getFirst().at();
        double length = Math.max(
                1, Duration.between(begun, vitals.samples().getLast().at()).toMillis());
        List<Sample> own = vitals.samples().stream()
                .filter(sample -> sample.role().equals(role))
                .toList();
        int every = Math.max(1, own.size() / POINTS);
        return own.stream()
                .filter(sample -> own.indexOf(sample) % every == 0)
                .map(sample ->
                        short1(LEFT + Duration.between(begun, sample.at()).toMillis() / length * WIDTH)
                                + ","
                                + short1(top + TALL - sample.memory() / most * TALL))
                .collect(Collectors.joining(" "));
    }
}
