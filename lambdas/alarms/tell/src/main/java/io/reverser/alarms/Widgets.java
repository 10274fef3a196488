package io.reverser.alarms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Watched.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The graph of an alarm, as CloudWatch takes the description of one: what the alarm looks at, the threshold with the side on
 * which it rings, and the moment at which it did.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html">
 *     Metric widget structure</a>
 */
final class Widgets {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 260;
    private static final int MOST = 100;
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final String RED = "#d13212";

    private Widgets() {}

    /** Empty for what has no metrics, like a composite alarm. */
    static Optional<String> of(Change change) {
        if (!(change.watched() instanceof Series series) || series.queries().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode widget = JsonNodeFactory.instance
                .objectNode()
                .put("view", "timeSeries")
                .put("width", WIDTH)
                .put("height", HEIGHT)
                .put("title", change.alarm().name())
                .put("start", "-" + span(series))
                .put("end", "PT0H")
                .put("timezone", "+0000")
                .put("region", change.alarm().region());
        ArrayNode metrics = widget.putArray("metrics");
        series.queries().stream().limit(MOST).forEach(query -> metrics.add(row(query, series)));
        ObjectNode annotations = widget.putObject("annotations");
        change.condition().ifPresent(condition -> limit(condition, annotations));
        annotations
                .putArray("vertical")
                .addObject()
                .put("label", Phrases.name(change.state()))
                .put("color", RED)
                .put("value", instant(change.at()));
        return Optional.of(widget.toString());
    }

    /** Sixty of its periods, so that people see what is usual. */
    private static Duration span(Series series) {
        Duration longest = series.queries().stream()
                .map(Query::period)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .multipliedBy(60);
        return longest.compareTo(SHORTEST) < 0 ? SHORTEST : longest.compareTo(LONGEST) > 0 ? LONGEST : longest;
    }

    private static ArrayNode row(Query query, Series series) {
        ArrayNode row = JsonNodeFactory.instance.arrayNode();
        query.metric().ifPresent(metric -> {
            row.add(metric.namespace()).add(metric.name());
            metric.dimensions().forEach((name, value) -> row.add(name).add(value));
        });
        ObjectNode how = row.addObject();
        query.expression().ifPresent(expression -> how.put("expression", expression));
        query.label().ifPresent(label -> how.put("label", label));
        if (!query.id().isEmpty()) {
            how.put("id", query.id());
        }
        if (query.metric().isPresent()) {
            how.put("stat", query.statistic());
        }
        if (!query.period().isZero()) {
            how.put("period", query.period().toSeconds());
        }
        boolean isBand = query.expression()
                .filter(text -> text.startsWith("ANOMALY_DETECTION_BAND"))
                .isPresent();
        if (!query.isShown() && !isBand && series.queries().size() > 1) {
            how.put("visible", false);
        }
        return row;
    }

    private static void limit(Condition condition, ObjectNode annotations) {
        condition
                .threshold()
                .ifPresent(threshold -> annotations
                        .putArray("horizontal")
                        .addObject()
                        .put("label", "rings")
                        .put("color", RED)
                        .put("value", threshold)
                        .put("fill", condition.operator().startsWith("Less") ? "below" : "above"));
    }

    private static String instant(Instant at) {
        return at.toString();
    }
}
