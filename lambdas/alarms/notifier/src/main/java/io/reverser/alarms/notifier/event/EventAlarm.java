package io.reverser.alarms.notifier.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.reverser.alarms.notifier.event.AlarmKind.ChildAlarm;
import io.reverser.alarms.notifier.event.AlarmKind.Composite;
import io.reverser.alarms.notifier.event.AlarmKind.MetricBased;
import io.reverser.alarms.notifier.event.AlarmKind.Unspecified;
import io.reverser.alarms.notifier.event.AlarmNotification.ConfigurationChange;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An alarm in an EventBridge event, or in CloudWatch's direct invocation of a function: both have the same content in
 * different envelopes. Neither has a field for the threshold, which is read from {@code reasonData} if present.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html">Alarm
 *     events and EventBridge</a>
 */
final class EventAlarm {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventAlarm() {}

    static Optional<AlarmNotification> parseEvent(JsonNode event) {
        AlarmId alarm = AlarmId.parse(event.at("/resources/0").asText()).orElseGet(() -> idWithoutArn(event));
        JsonNode detail = event.path("detail");
        return switch (event.path("detail-type").asText()) {
            case "CloudWatch Alarm Configuration Change" ->
                Optional.of(new ConfigurationChange(
                        alarm,
                        detail.path("operation").asText(),
                        JsonFields.parseTime(event.path("time").asText())));
            case "CloudWatch Alarm State Change", "CloudWatch Alarm Contributor State Change" ->
                Optional.of(parseChange(alarm, detail));
            default -> Optional.empty();
        };
    }

    static AlarmNotification parseInvocation(JsonNode event) {
        AlarmId alarm = AlarmId.parse(event.path("alarmArn").asText()).orElseThrow();
        return parseChange(alarm, event.path("alarmData"));
    }

    private static AlarmId idWithoutArn(JsonNode event) {
        return new AlarmId(
                "aws",
                event.path("region").asText(),
                event.path("account").asText(),
                event.path("detail").path("alarmName").asText(),
                Optional.empty());
    }

    private static StateChange parseChange(AlarmId alarm, JsonNode data) {
        JsonNode state = data.path("state");
        JsonNode configuration = data.path("configuration");
        JsonNode reasonData = parseReasonData(state);
        return new StateChange(
                alarm.withContributor(JsonFields.text(data.at("/alarmContributor/id"))),
                AlarmState.valueOf(state.path("value").asText()),
                JsonFields.state(data.at("/previousState/value")),
                JsonFields.parseTime(state.path("timestamp").asText()),
                state.path("reason").asText(),
                JsonFields.text(configuration.path("description")),
                tags(data.path("alarmTags")),
                alarmKind(configuration, reasonData),
                condition(reasonData),
                JsonFields.text(state.path("actionsSuppressedBy")));
    }

    /** Parses {@code reasonData}, which is a JSON document in a string. */
    private static JsonNode parseReasonData(JsonNode state) {
        try {
            return JSON.readTree(state.path("reasonData").asText("{}"));
        } catch (JsonProcessingException none) {
            return MissingNode.getInstance();
        }
    }

    private static Map<String, String> tags(JsonNode tags) {
        var all = new HashMap<String, String>();
        tags.properties().forEach(tag -> all.put(tag.getKey(), tag.getValue().asText()));
        return all;
    }

    private static AlarmKind alarmKind(JsonNode configuration, JsonNode reasonData) {
        if (configuration.has("alarmRule")) {
            List<ChildAlarm> children = new ArrayList<>();
            for (JsonNode child : reasonData.path("triggeringAlarms")) {
                AlarmId.parse(child.path("arn").asText())
                        .ifPresent(alarm -> JsonFields.state(child.at("/state/value"))
                                .ifPresent(state -> children.add(new ChildAlarm(alarm, state))));
            }
            return new Composite(configuration.path("alarmRule").asText(), children);
        }
        List<MetricQuery> queries = new ArrayList<>();
        configuration.path("metrics").forEach(query -> queries.add(query(query)));
        return queries.isEmpty() ? new Unspecified() : new MetricBased(queries);
    }

    private static MetricQuery query(JsonNode query) {
        JsonNode stat = query.path("metricStat");
        return new MetricQuery(
                query.path("id").asText(),
                JsonFields.text(query.path("label")),
                stat.isObject() ? Optional.of(metric(stat.path("metric"))) : Optional.empty(),
                JsonFields.text(query.path("expression")),
                stat.path("stat").asText(),
                Duration.ofSeconds(
                        stat.path("period").asInt(query.path("period").asInt())),
                query.path("returnData").asBoolean(true));
    }

    private static Metric metric(JsonNode metric) {
        var dimensions = new HashMap<String, String>();
        metric.path("dimensions")
                .properties()
                .forEach(dimension ->
                        dimensions.put(dimension.getKey(), dimension.getValue().asText()));
        return new Metric(metric.path("namespace").asText(), metric.path("name").asText(), dimensions);
    }

    /** The condition, without a comparison operator: {@code reasonData} has only the threshold. */
    private static Optional<AlarmCondition> condition(JsonNode reasonData) {
        int periods = reasonData.path("evaluatedDatapoints").size();
        return JsonFields.number(reasonData.path("threshold"))
                .map(threshold -> new AlarmCondition(
                        "", Optional.of(threshold), Optional.empty(), periods, periods, Optional.empty()));
    }
}
