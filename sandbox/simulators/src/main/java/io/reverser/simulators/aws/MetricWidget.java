package io.reverser.simulators.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * The picture of a metric widget, drawn from what its JSON says: a line for each metric that is visible, over the threshold
 * since the moment that is marked. The figures are made up, the same for the same metric. Without letters: not every machine
 * has fonts.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html">
 *     Metric widget structure</a>
 */
final class MetricWidget {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_METRICS = 100;
    private static final int POINTS = 90;
    private static final int MARGIN = 18;
    private static final List<Color> LINES = List.of(new Color(0x1f77b4), new Color(0x9467bd), new Color(0x2ca02c));
    private static final Color GRID = new Color(0xe4e6eb);
    private static final Color LIMIT = new Color(0xd13212);

    private final JsonNode widget;

    private MetricWidget(JsonNode widget) {
        this.widget = widget;
    }

    /** As CloudWatch reads it. */
    static MetricWidget read(String json) {
        try {
            JsonNode widget = JSON.readTree(json);
            int width = widget.path("width").asInt(600);
            int height = widget.path("height").asInt(400);
            int metrics = widget.path("metrics").size();
            if (metrics == 0 || metrics > MOST_METRICS || width < 1 || width > 2000 || height < 1 || height > 2000) {
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

    /** A PNG. */
    byte[] draw(Instant now) {
        var image = new BufferedImage(
                widget.path("width").asInt(600), widget.path("height").asInt(400), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        var field = new Field(image.getWidth(), image.getHeight(), top());
        grid(pen, field);
        JsonNode limit = widget.at("/annotations/horizontal/0");
        if (limit.has("value")) {
            limit(pen, field, limit);
        }
        double breach = breach(now);
        lines(pen, field, breach);
        if (breach < 1) {
            pen.setColor(LIMIT);
            pen.setStroke(new BasicStroke(1.5f));
            int x = (int) field.x(breach);
            pen.drawLine(x, MARGIN, x, image.getHeight() - MARGIN);
        }
        pen.dispose();
        return png(image);
    }

    private record Field(int width, int height, double top) {

        double x(double part) {
            return MARGIN + part * (width - 2 * MARGIN);
        }

        double y(double value) {
            return height - MARGIN - Math.clamp(value / top, 0, 1) * (height - 2 * MARGIN);
        }
    }

    private double threshold() {
        return widget.at("/annotations/horizontal/0/value").asDouble(1);
    }

    private double top() {
        return Math.max(threshold(), 1e-9) * 1.6;
    }

    /** How far to the right the state changed; 1 when it did not. */
    private double breach(Instant now) {
        String at = widget.at("/annotations/vertical/0/value").asText();
        if (at.isEmpty()) {
            return 1;
        }
        Duration shown = Duration.parse(widget.path("start").asText("-PT3H").replaceFirst("^-", ""))
                .abs();
        double past = Duration.between(Instant.parse(at), now).toMillis() / (double) shown.toMillis();
        return Math.clamp(1 - past, 0.0, 0.97);
    }

    private void grid(Graphics2D pen, Field field) {
        pen.setColor(GRID);
        for (int line = 0; line <= 4; line++) {
            int y = (int) field.y(field.top() * line / 4);
            pen.drawLine(MARGIN, y, field.width() - MARGIN, y);
        }
    }

    private void limit(Graphics2D pen, Field field, JsonNode limit) {
        boolean above = !limit.path("fill").asText().equals("below");
        int y = (int) field.y(limit.path("value").asDouble());
        pen.setColor(new Color(0xd1, 0x32, 0x12, 24));
        if (above) {
            pen.fillRect(MARGIN, MARGIN, field.width() - 2 * MARGIN, y - MARGIN);
        } else {
            pen.fillRect(MARGIN, y, field.width() - 2 * MARGIN, field.height() - MARGIN - y);
        }
        pen.setColor(LIMIT);
        pen.setStroke(new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, new float[] {8, 6}, 0));
        pen.drawLine(MARGIN, y, field.width() - MARGIN, y);
    }

    private void lines(Graphics2D pen, Field field, double breach) {
        boolean above = !widget.at("/annotations/horizontal/0/fill").asText().equals("below");
        List<JsonNode> visible = new ArrayList<>(widget.path("metrics")
                .valueStream()
                .filter(metric -> metric.valueStream()
                        .noneMatch(
                                part -> part.isObject() && !part.path("visible").asBoolean(true)))
                .toList());
        pen.setStroke(new BasicStroke(2f));
        for (int i = 0; i < visible.size(); i++) {
            pen.setColor(LINES.get(i % LINES.size()));
            pen.draw(line(field, new Random(visible.get(i).toString().hashCode()), breach, above));
        }
    }

    private Path2D line(Field field, Random random, double breach, boolean above) {
        var path = new Path2D.Double();
        double calm = above ? 0.5 : 1.35;
        double broken = above ? 1.35 : 0.5;
        for (int i = 0; i <= POINTS; i++) {
            double part = i / (double) POINTS;
            double rise = Math.clamp((part - breach) / 0.03, 0, 1);
            double level = calm + (broken - calm) * rise + (random.nextDouble() - 0.5) * 0.14;
            if (i == 0) {
                path.moveTo(field.x(part), field.y(level * threshold()));
            } else {
                path.lineTo(field.x(part), field.y(level * threshold()));
            }
        }
        return path;
    }

    private static byte[] png(BufferedImage image) {
        try (var bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
    }
}
