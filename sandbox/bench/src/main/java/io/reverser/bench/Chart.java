package io.reverser.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A run as a picture: requests per second as multiples of the slowest, on a logarithmic scale, and start-up times. */
record Chart(Results results) {

    private static final int LEFT = 200;
    private static final int WIDTH = 400;
    private static final int ROW = 28;
    private static final int HEAD = 46;

    /**
     * One bar.
     *
     * @param length from 0 to 1
     */
    private record Bar(Contestant who, double length, String text) {}

    /** An SVG document that follows the reader's light or dark setting. */
    String svg() {
        int panel = HEAD + Contestant.values().length * ROW;
        return new Picture(
                        "The reverser beside the alternatives: requests per second and start-up",
                        2 * panel + 16,
                        List.of(
                                new Picture.Style(".name", "text-anchor: end", "text-anchor: end"),
                                new Picture.Style(".bar", "fill: #8c959f", "fill: #6e7681"),
                                new Picture.Style(".ours", "fill: #0969da", "fill: #2f81f7")))
                .svg(panel(0, "Requests per second, as a multiple of Flask's (logarithmic scale)", throughput())
                        + panel(panel, "Start of the process to the first answer (shorter is better)", startUp()));
    }

    private List<Bar> throughput() {
        double most = Math.log(Arrays.stream(Contestant.values())
                .mapToDouble(this::timesFlask)
                .max()
                .orElseThrow());
        return Arrays.stream(Contestant.values())
                .map(who -> new Bar(
                        who,
                        Math.log(timesFlask(who)) / most,
                        "×" + Table.number(timesFlask(who)) + "  ("
                                + Table.number(results.of(who).load().perSecond()) + "/s)"))
                .toList();
    }

    private double timesFlask(Contestant who) {
        return results.ratio(figures -> figures.load().perSecond(), who, Contestant.FLASK);
    }

    private List<Bar> startUp() {
        double most = Arrays.stream(Contestant.values())
                .mapToDouble(who -> results.of(who).startUp())
                .max()
                .orElseThrow();
        return Arrays.stream(Contestant.values())
                .map(who -> {
                    double millis = results.of(who).startUp();
                    return new Bar(who, millis / most, Table.number(millis) + " ms");
                })
                .toList();
    }

    private static String panel(int top, String title, List<Bar> bars) {
        var lines = new ArrayList<String>();
        lines.add("<text class=\"panel\" x=\"24\" y=\"%d\">%s</text>".formatted(top + 30, title));
        int y = top + HEAD;
        for (Bar bar : bars) {
            long width = Math.max(2, Math.round(bar.length * WIDTH));
            boolean ours = bar.who == Contestant.REVERSER || bar.who == Contestant.SMALL;
            lines.add("<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>".formatted(LEFT - 8, y + 15, bar.who.title));
            lines.add("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" rx=\"3\"/>"
                    .formatted(ours ? "ours" : "bar", LEFT, y, width));
            lines.add("<text x=\"%d\" y=\"%d\">%s</text>".formatted(LEFT + width + 8, y + 15, bar.text));
            y += ROW;
        }
        return String.join("\n", lines).indent(2);
    }
}
