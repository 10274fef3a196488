package io.reverser.alarms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Notice.Reconfigured;
import io.reverser.alarms.Watched.Alarms;
import io.reverser.alarms.Watched.Child;
import io.reverser.alarms.Watched.Series;
import io.reverser.alarms.Watched.Unsaid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An alarm as CloudWatch tells EventBridge, and as it calls a function itself: the same in another envelope. Neither says the
 * threshold, but for what the reason's data lets one know.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html">Alarm events
 *     and EventBridge</a>
 */
final class EventAlarm {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventAlarm() {}

    static Optional<Notice> readEvent(JsonNode event) {
        AlarmId alarm = AlarmId.of(event.at("/resources/0").asText()).orElseGet(() -> named(event));
        JsonNode detail = event.path("detail");
        return switch (event.path("detail-type").asText()) {
            case "CloudWatch Alarm Configuration Change" ->
                Optional.of(new Reconfigured(
                        alarm,
                        detail.path("operation").asText(),
                        Json.time(event.path("time").asText())));
            case "CloudWatch Alarm State Change", "CloudWatch Alarm Contributor State Change" ->
                Optional.of(change(alarm, detail));
            default -> Optional.empty();
        };
    }

    static Notice readInvocation(JsonNode event) {
        AlarmId alarm = AlarmId.of(event.path("alarmArn").asText()).orElseThrow();
        return change(alarm, event.path("alarmData"));
    }

    private static AlarmId named(JsonNode event) {
        return new AlarmId(
                "aws",
                event.path("region").asText(),
                event.path("account").asText(),
                event.path("detail").path("alarmName").asText(),
                Optional.empty());
    }

    private static Change change(AlarmId alarm, JsonNode data) {
        JsonNode state = data.path("state");
        JsonNode configuration = data.path("configuration");
        JsonNode facts = facts(state);
        return new Change(
                alarm.ofContributor(Json.text(data.at("/alarmContributor/id"))),
                AlarmState.valueOf(state.path("value").asText()),
                Json.state(data.at("/previousState/value")),
                Json.time(state.path("timestamp").asText()),
                state.path("reason").asText(),
                Json.text(configuration.path("description")),
                tags(data.path("alarmTags")),
                watched(configuration, facts),
                condition(facts),
                Json.text(state.path("actionsSuppressedBy")));
    }

    /** JSON in a text. */
    private static JsonNode facts(JsonNode state) {
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

    private static Watched watched(JsonNode configuration, JsonNode facts) {
        if (configuration.has("alarmRule")) {
            List<Child> children = new ArrayList<>();
            for (JsonNode child : facts.path("triggeringAlarms")) {
                AlarmId.of(child.path("arn").asText())
                        .ifPresent(alarm -> Json.state(child.at("/state/value"))
                                .ifPresent(state -> children.add(new Child(alarm, state))));
            }
            return new Alarms(configuration.path("alarmRule").asText(), children);
        }
        List<Query> queries = new ArrayList<>();
        configuration.path("metrics").forEach(query -> queries.add(query(query)));
        return queries.isEmpty() ? new Unsaid() : new Series(queries);
    }

    private static Query query(JsonNode query) {
        JsonNode stat = query.path("metricStat");
        return new Query(
                query.path("id").asText(),
                Json.text(query.path("label")),
                stat.isObject() ? Optional.of(metric(stat.path("metric"))) : Optional.empty(),
                Json.text(query.path("expression")),
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

    /** How it is compared is not said; the threshold is. */
    private static Optional<Condition> condition(JsonNode facts) {
        int periods = facts.path("evaluatedDatapoints").size();
        return Json.number(facts.path("threshold"))
                .map(threshold -> new Condition(
                        "", Optional.of(threshold), Optional.empty(), periods, periods, Optional.empty()));
    }
}
