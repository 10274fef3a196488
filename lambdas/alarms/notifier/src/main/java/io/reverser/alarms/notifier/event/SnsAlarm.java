package io.reverser.alarms.notifier.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.alarms.notifier.event.AlarmKind.ChildAlarm;
import io.reverser.alarms.notifier.event.AlarmKind.Composite;
import io.reverser.alarms.notifier.event.AlarmKind.MetricBased;
import io.reverser.alarms.notifier.event.AlarmKind.Unspecified;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An alarm in an SNS message that CloudWatch published. Most fields are missing in some kinds of alarms, or in old
 * messages.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html">Notifying
 *     users on alarm changes</a>
 */
final class SnsAlarm {

    private SnsAlarm() {}

    /**
     * Parses the JSON of an SNS message.
     *
     * @param topic the ARN of the SNS topic that sent the message; empty if unknown
     */
    static AlarmNotification parse(JsonNode message, String topic) {
        JsonNode trigger = message.path("Trigger");
        return new StateChange(
                alarmId(message, topic),
                AlarmState.valueOf(message.path("NewStateValue").asText()),
                JsonFields.state(message.path("OldStateValue")),
                JsonFields.parseTime(message.path("StateChangeTime").asText()),
                message.path("NewStateReason").asText(),
                JsonFields.text(message.path("AlarmDescription")),
                tags(message.path("AlarmTags")),
                alarmKind(message, trigger),
                condition(trigger),
                Optional.empty());
    }

    /** Identifies the alarm by its ARN, because the field {@code Region} has a display name like US East (Ohio). */
    private static AlarmId alarmId(JsonNode message, String topic) {
        Optional<String> contributor = JsonFields.text(message.path("AlarmContributorId"));
        return AlarmId.parse(message.path("AlarmArn").asText())
                .orElseGet(() -> idWithoutArn(message, topic))
                .withContributor(contributor);
    }

    private static AlarmId idWithoutArn(JsonNode message, String topic) {
        String[] parts = topic.split(":", -1);
        boolean isArn = parts.length > 3;
        return new AlarmId(
                isArn ? parts[1] : "aws",
                isArn ? parts[3] : message.path("Region").asText("unknown"),
                message.path("AWSAccountId").asText(isArn && parts.length > 4 ? parts[4] : "unknown"),
                message.path("AlarmName").asText(),
                Optional.empty());
    }

    private static Map<String, String> tags(JsonNode tags) {
        var all = new HashMap<String, String>();
        tags.properties().forEach(tag -> all.put(tag.getKey(), tag.getValue().asText()));
        return all;
    }

    private static AlarmKind alarmKind(JsonNode message, JsonNode trigger) {
        if (message.has("AlarmRule")) {
            List<ChildAlarm> children = new ArrayList<>();
            for (JsonNode child : message.path("TriggeringChildren")) {
                AlarmId.parse(child.path("Arn").asText())
                        .ifPresent(alarm -> JsonFields.state(child.at("/State/Value"))
                                .ifPresent(state -> children.add(new ChildAlarm(alarm, state))));
            }
            return new Composite(message.path("AlarmRule").asText(), children);
        }
        if (trigger.path("Metrics").isArray()) {
            List<MetricQuery> queries = new ArrayList<>();
            trigger.path("Metrics").forEach(query -> queries.add(query(query, trigger)));
            return new MetricBased(queries);
        }
        return trigger.has("MetricName") ? new MetricBased(List.of(singleMetricQuery(trigger))) : new Unspecified();
    }

    private static MetricQuery singleMetricQuery(JsonNode trigger) {
        String statistic = JsonFields.text(trigger.path("ExtendedStatistic"))
                .orElseGet(() -> statisticName(trigger.path("Statistic").asText()));
        return new MetricQuery(
                "m1",
                Optional.empty(),
                Optional.of(metric(trigger)),
                Optional.empty(),
                statistic,
                Duration.ofSeconds(trigger.path("Period").asInt()),
                true);
    }

    private static MetricQuery query(JsonNode query, JsonNode trigger) {
        JsonNode stat = query.path("MetricStat");
        return new MetricQuery(
                query.path("Id").asText(),
                JsonFields.text(query.path("Label")),
                stat.isObject() ? Optional.of(metric(stat.path("Metric"))) : Optional.empty(),
                JsonFields.text(query.path("Expression")),
                stat.path("Stat").asText(),
                Duration.ofSeconds(stat.path("Period")
                        .asInt(query.path("Period").asInt(trigger.path("Period").asInt()))),
                query.path("ReturnData").asBoolean(true));
    }

    private static Metric metric(JsonNode metric) {
        var dimensions = new HashMap<String, String>();
        metric.path("Dimensions")
                .forEach(dimension -> dimensions.put(
                        dimension.path("name").asText(), dimension.path("value").asText()));
        return new Metric(
                metric.path("Namespace").asText(), metric.path("MetricName").asText(), dimensions);
    }

    private static Optional<AlarmCondition> condition(JsonNode trigger) {
        int periods = trigger.path("EvaluationPeriods").asInt(1);
        return JsonFields.text(trigger.path("ComparisonOperator"))
                .map(operator -> new AlarmCondition(
                        operator,
                        JsonFields.number(trigger.path("Threshold")),
                        JsonFields.text(trigger.path("ThresholdMetricId")),
                        periods,
                        trigger.path("DatapointsToAlarm").asInt(periods),
                        treatMissingData(trigger)));
    }

    /** How the alarm treats missing data. In old messages, the value has the prefix {@code - TreatMissingData:}. */
    private static Optional<String> treatMissingData(JsonNode trigger) {
        return JsonFields.text(trigger.path("TreatMissingData"))
                .map(text -> text.replaceFirst("^- TreatMissingData:\\s*", ""))
                .filter(text -> !text.isEmpty());
    }

    /** Converts a statistic's name, which is spelled {@code SUM} in SNS messages and {@code Sum} everywhere else. */
    private static String statisticName(String statistic) {
        return switch (statistic) {
            case "SAMPLE_COUNT", "SAMPLECOUNT" -> "SampleCount";
            case "" -> "";
            default -> statistic.charAt(0) + statistic.substring(1).toLowerCase(Locale.ROOT);
        };
    }
}
