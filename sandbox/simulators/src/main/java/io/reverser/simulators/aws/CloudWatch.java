package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Amazon CloudWatch's alarms. Their states are set, not measured; what changes is told to the topic. Composite alarms follow
 * those that they name.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html">CloudWatch API reference</a>
 */
public final class CloudWatch implements Service {

    private static final Pattern CHILD = Pattern.compile("ALARM\\(\"?([^\")]+)\"?\\)");
    private static final Set<String> STATES = Set.of("OK", "ALARM", "INSUFFICIENT_DATA");
    private static final int MOST_NAMES = 100;

    private final InstantSource clock;
    private final Map<String, CloudWatchAlarm> alarms = new LinkedHashMap<>();
    private final List<ObjectNode> history = new ArrayList<>();
    private volatile BiConsumer<String, String> topic = (subject, message) -> {};

    CloudWatch(InstantSource clock) {
        this.clock = clock;
    }

    /** An alarm's name and state. */
    public record Shown(String name, String state) {}

    /** Who hears of changes: subject and message. */
    public void onChange(BiConsumer<String, String> listener) {
        topic = listener;
    }

    /**
     * Makes an alarm, which is fine.
     *
     * @param configuration as PutMetricAlarm and PutCompositeAlarm take it
     */
    public synchronized void put(JsonNode configuration, Map<String, String> tags) {
        ObjectNode copy = configuration.deepCopy();
        alarms.put(
                copy.path("AlarmName").asText(),
                new CloudWatchAlarm(copy, tags, "OK", "Unchecked: Initial alarm creation", clock.instant()));
    }

    /** All alarms, in the order in which they were made. */
    public synchronized List<Shown> alarms() {
        return alarms.values().stream()
                .map(alarm -> new Shown(alarm.name(), alarm.state()))
                .toList();
    }

    /** Sets a state, as SetAlarmState does; the same state again is no change. */
    public synchronized void set(String name, String state, String reason) {
        CloudWatchAlarm alarm = find(name);
        if (!STATES.contains(state)) {
            throw new AwsError(400, "ValidationError", "StateValue: one of " + STATES);
        }
        if (alarm.state().equals(state)) {
            return;
        }
        change(alarm, state, reason, List.of());
        for (CloudWatchAlarm composite :
                alarms.values().stream().filter(CloudWatchAlarm::isComposite).toList()) {
            follow(composite);
        }
    }

    @Override
    public String name() {
        return "CloudWatch";
    }

    @Override
    public String operation(String method, List<String> path) {
        return path.getLast();
    }

    @Override
    public synchronized JsonNode answer(Call call) {
        JsonNode body = call.body();
        return switch (call.operation()) {
            case "DescribeAlarms" -> describe(body);
            case "ListTagsForResource" -> tags(body.path("ResourceARN").asText());
            case "SetAlarmState" -> {
                set(
                        body.path("AlarmName").asText(),
                        body.path("StateValue").asText(),
                        body.path("StateReason").asText());
                yield object();
            }
            case "DescribeAlarmHistory" -> history(body.path("AlarmName").asText());
            case "GetMetricWidgetImage" -> image(body.path("MetricWidget").asText());
            default -> throw new AwsError(400, "UnknownOperationException", "No such operation");
        };
    }

    private CloudWatchAlarm find(String name) {
        return Optional.ofNullable(alarms.get(name))
                .orElseThrow(() -> new AwsError(404, "ResourceNotFound", "The named resource does not exist."));
    }

    private void change(CloudWatchAlarm alarm, String state, String reason, List<CloudWatchAlarm> triggering) {
        CloudWatchAlarm changed = alarm.become(state, reason, clock.instant());
        alarms.put(alarm.name(), changed);
        history.add(object().put("AlarmName", alarm.name())
                .put("HistoryItemType", "StateUpdate")
                .put("HistorySummary", "Alarm updated from %s to %s".formatted(alarm.state(), state))
                .put("Timestamp", changed.since().toEpochMilli() / 1000.0));
        topic.accept(
                "%s: \"%s\" in EU (Frankfurt)".formatted(state, alarm.name()),
                changed.message(alarm.state(), triggering).toString());
    }

    /** It rings while any of its alarms rings, or all of them where the rule says AND. */
    private void follow(CloudWatchAlarm composite) {
        String rule = composite.configuration().path("AlarmRule").asText();
        List<CloudWatchAlarm> children = CHILD.matcher(rule)
                .results()
                .flatMap(match -> Stream.ofNullable(alarms.get(match.group(1))))
                .toList();
        List<CloudWatchAlarm> ringing =
                children.stream().filter(child -> child.state().equals("ALARM")).toList();
        boolean rings = rule.contains(" AND ") ? ringing.size() == children.size() : !ringing.isEmpty();
        String state = rings ? "ALARM" : "OK";
        if (!composite.state().equals(state)) {
            change(composite, state, "%s transitioned to %s".formatted(composite.arn(), state), ringing);
        }
    }

    private ObjectNode describe(JsonNode body) {
        if (body.path("AlarmNames").size() > MOST_NAMES) {
            throw new AwsError(400, "ValidationError", "AlarmNames: at most " + MOST_NAMES);
        }
        ObjectNode answer = object();
        ArrayNode metric = answer.putArray("MetricAlarms");
        ArrayNode composite = answer.putArray("CompositeAlarms");
        String state = body.path("StateValue").asText();
        asked(body.path("AlarmNames"))
                .filter(alarm -> state.isEmpty() || alarm.state().equals(state))
                .forEach(alarm -> (alarm.isComposite() ? composite : metric).add(alarm.described()));
        return answer;
    }

    /** All alarms, where no names say which. */
    private Stream<CloudWatchAlarm> asked(JsonNode names) {
        return names.isEmpty()
                ? alarms.values().stream()
                : names.valueStream().flatMap(name -> Stream.ofNullable(alarms.get(name.asText())));
    }

    private ObjectNode tags(String arn) {
        ObjectNode answer = object();
        ArrayNode tags = answer.putArray("Tags");
        find(arn.substring(arn.indexOf(":alarm:") + ":alarm:".length()))
                .tags()
                .forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        return answer;
    }

    private ObjectNode history(String alarm) {
        ObjectNode answer = object();
        ArrayNode items = answer.putArray("AlarmHistoryItems");
        history.reversed().stream()
                .filter(item ->
                        alarm.isEmpty() || item.path("AlarmName").asText().equals(alarm))
                .forEach(items::add);
        return answer;
    }

    private ObjectNode image(String widget) {
        ObjectNode answer = object();
        answer.set(
                "MetricWidgetImage",
                BinaryNode.valueOf(MetricWidget.read(widget).draw(clock.instant())));
        return answer;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
