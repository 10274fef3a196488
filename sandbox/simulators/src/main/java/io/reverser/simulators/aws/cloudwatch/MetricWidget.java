package io.reverser.simulators.aws.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.aws.api.AwsError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * The image of a CloudWatch metric widget, drawn from the widget's JSON: one line for each visible metric. To the right
 * of the widget's vertical annotation, the lines are above the threshold. The values are invented, and always the same
 * for a metric. The image has no text, because some machines have no fonts.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html">
 *     Metric widget structure</a>
 */
final class MetricWidget {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_METRICS = 100;
    private static final int POINTS = 90;
    private static final int MARGIN = 18;
    private static final List<Color> LINE_COLORS =
            List.of(new Color(0x1f77b4), new Color(0x9467bd), new Color(0x2ca02c));
    private static final Color GRID_COLOR = new Color(0xe4e6eb);
    private static final Color THRESHOLD_COLOR = new Color(0xd13212);

    private final JsonNode widget;

    private MetricWidget(JsonNode widget) {
        this.widget = widget;
    }

    /** Parses the JSON of a widget by CloudWatch's rules. */
    static MetricWidget parse(String json) {
        try {
            JsonNode widget = JSON.readTree(json);
            int width = widget.path("width").asInt(600);
            int height = widget.path("height").asInt(400);
            int metrics = widget.path("metrics").size();
            if (metrics == 0 || metrics > MAX_METRICS || width < 1 || width > 2000 || height < 1 || height > 2000) {
                throw invalid("metrics: 1 to 100, width and height: 1 to 2000");
            }
            return new MetricWidget(widget);
        } catch (JsonProcessingException garbled) {
            throw invalid("MetricWidget is not valid JSON");
        }
    }

    private static AwsError invalid(String what) {
        return new AwsError(400, "InvalidParameterInput", what);
    }

    /** Draws the widget and returns the image as PNG. */
    byte[] draw(Instant now) {
        var image = new BufferedImage(
                widget.path("width").asInt(600), widget.path("height").asInt(400), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        var plot = new PlotArea(image.getWidth(), image.getHeight(), maxValue());
        drawGrid(pen, plot);
        JsonNode threshold = widget.at("/annotations/horizontal/0");
        if (threshold.has("value")) {
            drawThreshold(pen, plot, threshold);
        }
        double breach = breachPosition(now);
        drawLines(pen, plot, breach);
        if (breach < 1) {
            pen.setColor(THRESHOLD_COLOR);
            pen.setStroke(new BasicStroke(1.5f));
            int x = (int) plot.x(breach);
            pen.drawLine(x, MARGIN, x, image.getHeight() - MARGIN);
        }
        pen.dispose();
        return encodePng(image);
    }

    private record PlotArea(int width, int height, double maxValue) {

        double x(double part) {
            return MARGIN + part * (width - 2 * MARGIN);
        }

        double y(double value) {
            return height - MARGIN - Math.clamp(value / maxValue, 0, 1) * (height - 2 * MARGIN);
        }
    }

    private double threshold() {
        return widget.at("/annotations/horizontal/0/value").asDouble(1);
    }

    private double maxValue() {
        return Math.max(threshold(), 1e-9) * 1.6;
    }

    /**
     * The position of the vertical annotation, which marks the alarm's state change, as a fraction of the width; 1
     * without annotation.
     */
    private double breachPosition(Instant now) {
        String at = widget.at("/annotations/vertical/0/value").asText();
        if (at.isEmpty()) {
            return 1;
        }
        Duration range = Duration.parse(widget.path("start").asText("-PT3H").replaceFirst("^-", ""))
                .abs();
        double past = Duration.between(Instant.parse(at), now).toMillis() / (double) range.toMillis();
        return Math.clamp(1 - past, 0.0, 0.97);
    }

    private void drawGrid(Graphics2D pen, PlotArea plot) {
        pen.setColor(GRID_COLOR);
        for (int line = 0; line <= 4; line++) {
            int y = (int) plot.y(plot.maxValue() * line / 4);
            pen.drawLine(MARGIN, y, plot.width() - MARGIN, y);
        }
    }

    private void drawThreshold(Graphics2D pen, PlotArea plot, JsonNode threshold) {
        boolean above = !threshold.path("fill").asText().equals("below");
        int y = (int) plot.y(threshold.path("value").asDouble());
        pen.setColor(new Color(0xd1, 0x32, 0x12, 24));
        if (above) {
            pen.fillRect(MARGIN, MARGIN, plot.width() - 2 * MARGIN, y - MARGIN);
        } else {
            pen.fillRect(MARGIN, y, plot.width() - 2 * MARGIN, plot.height() - MARGIN - y);
        }
        pen.setColor(THRESHOLD_COLOR);
        pen.setStroke(new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, new float[] {8, 6}, 0));
        pen.drawLine(MARGIN, y, plot.width() - MARGIN, y);
    }

    private void drawLines(Graphics2D pen, PlotArea plot, double breach) {
        boolean above = !widget.at("/annotations/horizontal/0/fill").asText().equals("below");
        List<JsonNode> visible = new ArrayList<>(widget.path("metrics")
                .valueStream()
                .filter(metric -> metric.valueStream()
                        .noneMatch(
                                part -> part.isObject() && !part.path("visible").asBoolean(true)))
                .toList());
        pen.setStroke(new BasicStroke(2f));
        for (int i = 0; i < visible.size(); i++) {
            pen.setColor(LINE_COLORS.get(i % LINE_COLORS.size()));
            pen.draw(linePath(plot, new Random(visible.get(i).toString().hashCode()), breach, above));
        }
    }

    private Path2D linePath(PlotArea plot, Random random, double breach, boolean above) {
        var path = new Path2D.Double();
        double normal = above ? 0.5 : 1.35;
        double breaching = above ? 1.35 : 0.5;
        for (int i = 0; i <= POINTS; i++) {
            double part = i / (double) POINTS;
            double rise = Math.clamp((part - breach) / 0.03, 0, 1);
            double level = normal + (breaching - normal) * rise + (random.nextDouble() - 0.5) * 0.14;
            if (i == 0) {
                path.moveTo(plot.x(part), plot.y(level * threshold()));
            } else {
                path.lineTo(plot.x(part), plot.y(level * threshold()));
            }
        }
        return path;
    }

    private static byte[] encodePng(BufferedImage image) {
        try (var bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
    }
}
