package io.reverser.alarms;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Watched.Alarms;
import io.reverser.alarms.Watched.Child;
import io.reverser.alarms.Watched.Series;
import io.reverser.alarms.Watched.Unsaid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An alarm as CloudWatch tells SNS. Most fields are missing in some kind of it, or in older ones.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html">Notifying
 *     users on alarm changes</a>
 */
final class SnsAlarm {

    private SnsAlarm() {}

    /**
     * Reads the message.
     *
     * @param topic ARN of the topic that it came from; empty where that is not known
     */
    static Notice read(JsonNode message, String topic) {
        JsonNode trigger = message.path("Trigger");
        return new Change(
                alarm(message, topic),
                AlarmState.valueOf(message.path("NewStateValue").asText()),
                Json.state(message.path("OldStateValue")),
                Json.time(message.path("StateChangeTime").asText()),
                message.path("NewStateReason").asText(),
                Json.text(message.path("AlarmDescription")),
                tags(message.path("AlarmTags")),
                watched(message, trigger),
                condition(trigger),
                Optional.empty());
    }

    /** From its ARN; {@code Region} is a name for people, like US East (Ohio). */
    private static AlarmId alarm(JsonNode message, String topic) {
        Optional<String> contributor = Json.text(message.path("AlarmContributorId"));
        return AlarmId.of(message.path("AlarmArn").asText())
                .orElseGet(() -> withoutArn(message, topic))
                .ofContributor(contributor);
    }

    private static AlarmId withoutArn(JsonNode message, String topic) {
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

    private static Watched watched(JsonNode message, JsonNode trigger) {
        if (message.has("AlarmRule")) {
            List<Child> children = new ArrayList<>();
            for (JsonNode child : message.path("TriggeringChildren")) {
                AlarmId.of(child.path("Arn").asText())
                        .ifPresent(alarm -> Json.state(child.at("/State/Value"))
                                .ifPresent(state -> children.add(new Child(alarm, state))));
            }
            return new Alarms(message.path("AlarmRule").asText(), children);
        }
        if (trigger.path("Metrics").isArray()) {
            List<Query> queries = new ArrayList<>();
            trigger.path("Metrics").forEach(query -> queries.add(query(query, trigger)));
            return new Series(queries);
        }
        return trigger.has("MetricName") ? new Series(List.of(single(trigger))) : new Unsaid();
    }

    private static Query single(JsonNode trigger) {
        String statistic = Json.text(trigger.path("ExtendedStatistic"))
                .orElseGet(() -> capital(trigger.path("Statistic").asText()));
        return new Query(
                "m1",
                Optional.empty(),
                Optional.of(metric(trigger)),
                Optional.empty(),
                statistic,
                Duration.ofSeconds(trigger.path("Period").asInt()),
                true);
    }

    private static Query query(JsonNode query, JsonNode trigger) {
        JsonNode stat = query.path("MetricStat");
        return new Query(
                query.path("Id").asText(),
                Json.text(query.path("Label")),
                stat.isObject() ? Optional.of(metric(stat.path("Metric"))) : Optional.empty(),
                Json.text(query.path("Expression")),
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

    private static Optional<Condition> condition(JsonNode trigger) {
        int periods = trigger.path("EvaluationPeriods").asInt(1);
        return Json.text(trigger.path("ComparisonOperator"))
                .map(operator -> new Condition(
                        operator,
                        Json.number(trigger.path("Threshold")),
                        Json.text(trigger.path("ThresholdMetricId")),
                        periods,
                        trigger.path("DatapointsToAlarm").asInt(periods),
                        missing(trigger)));
    }

    /** Older ones have their own label in front of it. */
    private static Optional<String> missing(JsonNode trigger) {
        return Json.text(trigger.path("TreatMissingData"))
                .map(text -> text.replaceFirst("^- TreatMissingData:\\s*", ""))
                .filter(text -> !text.isEmpty());
    }

    /** {@code SUM} here, {@code Sum} everywhere else. */
    private static String capital(String statistic) {
        return switch (statistic) {
            case "SAMPLE_COUNT", "SAMPLECOUNT" -> "SampleCount";
            case "" -> "";
            default -> statistic.charAt(0) + statistic.substring(1).toLowerCase(Locale.ROOT);
        };
    }
}
