package io.reverser.alarms.notifier.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.alarms.notifier.event.AlarmCondition;
import io.reverser.alarms.notifier.event.AlarmKind.MetricBased;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.MetricQuery;
import io.reverser.alarms.notifier.message.AlarmText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The definition of an alarm's graph for CloudWatch: the metrics, the threshold with the breaching side shaded, and the
 * time at which the alarm fired.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html">
 *     Metric widget structure</a>
 */
final class MetricWidgetJson {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 260;
    private static final int MAX_METRICS = 100;
    private static final Duration MIN_SPAN = Duration.ofHours(1);
    private static final Duration MAX_SPAN = Duration.ofDays(7);
    private static final String RED = "#d13212";

    private MetricWidgetJson() {}

    /** The widget's JSON; empty for an alarm without metrics, like a composite alarm. */
    static Optional<String> of(StateChange change) {
        if (!(change.kind() instanceof MetricBased metricBased)
                || metricBased.queries().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode widget = JsonNodeFactory.instance
                .objectNode()
                .put("view", "timeSeries")
                .put("width", WIDTH)
                .put("height", HEIGHT)
                .put("title", change.alarm().name())
                .put("start", "-" + span(metricBased))
                .put("end", "PT0H")
                .put("timezone", "+0000")
                .put("region", change.alarm().region());
        ArrayNode metrics = widget.putArray("metrics");
        metricBased.queries().stream().limit(MAX_METRICS).forEach(query -> metrics.add(metricRow(query, metricBased)));
        ObjectNode annotations = widget.putObject("annotations");
        change.condition().ifPresent(condition -> thresholdLine(condition, annotations));
        annotations
                .putArray("vertical")
                .addObject()
                .put("label", AlarmText.stateName(change.state()))
                .put("color", RED)
                .put("value", instant(change.at()));
        return Optional.of(widget.toString());
    }

    /** The time range of the graph: sixty evaluation periods, so that normal values are visible, too. */
    private static Duration span(MetricBased metricBased) {
        Duration longest = metricBased.queries().stream()
                .map(MetricQuery::period)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .multipliedBy(60);
        return longest.compareTo(MIN_SPAN) < 0 ? MIN_SPAN : longest.compareTo(MAX_SPAN) > 0 ? MAX_SPAN : longest;
    }

    private static ArrayNode metricRow(MetricQuery query, MetricBased metricBased) {
        ArrayNode row = JsonNodeFactory.instance.arrayNode();
        query.metric().ifPresent(metric -> {
            row.add(metric.namespace()).add(metric.name());
            metric.dimensions().forEach((name, value) -> row.add(name).add(value));
        });
        ObjectNode options = row.addObject();
        query.expression().ifPresent(expression -> options.put("expression", expression));
        query.label().ifPresent(label -> options.put("label", label));
        if (!query.id().isEmpty()) {
            options.put("id", query.id());
        }
        if (query.metric().isPresent()) {
            options.put("stat", query.statistic());
        }
        if (!query.period().isZero()) {
            options.put("period", query.period().toSeconds());
        }
        boolean isBand = query.expression()
                .filter(text -> text.startsWith("ANOMALY_DETECTION_BAND"))
                .isPresent();
        if (!query.returnData() && !isBand && metricBased.queries().size() > 1) {
            options.put("visible", false);
        }
        return row;
    }

    private static void thresholdLine(AlarmCondition condition, ObjectNode annotations) {
        condition
                .threshold()
                .ifPresent(threshold -> annotations
                        .putArray("horizontal")
                        .addObject()
                        .put("label", "fires")
                        .put("color", RED)
                        .put("value", threshold)
                        .put("fill", condition.operator().startsWith("Less") ? "below" : "above"));
    }

    private static String instant(Instant at) {
        return at.toString();
    }
}
