package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Amazon CloudWatch's alarms. Their states are set, not measured; what changes is told to the one topic, if the alarm's
 * actions name any. Composite alarms follow those that they name.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html">CloudWatch API reference</a>
 */
public final class CloudWatch implements Service {

    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:alarms";

    private final InstantSource clock;
    private final Map<String, CloudWatchAlarm> alarms = new LinkedHashMap<>();
    private final AlarmHistory history = new AlarmHistory();
    private final List<Changed> changes = new ArrayList<>();
    private volatile BiConsumer<String, String> topic = (subject, message) -> {};

    CloudWatch(InstantSource clock) {
        this.clock = clock;
    }

    /** An alarm's name and state. */
    public record Shown(String name, String state) {}

    /** A change of an alarm's state, and when it was. */
    public record Changed(String name, String state, Instant at) {}

    /** All changes so far, oldest first. */
    public synchronized List<Changed> changes() {
        return List.copyOf(changes);
    }

    /** Who hears of changes: subject and message. */
    public void onChange(BiConsumer<String, String> listener) {
        topic = listener;
    }

    /**
     * Makes an alarm, which is fine and tells everything.
     *
     * @param configuration as PutMetricAlarm and PutCompositeAlarm take it
     */
    public synchronized void put(JsonNode configuration, Map<String, String> tags) {
        ObjectNode copy = configuration.deepCopy();
        CloudWatchAlarm.ACTIONS.values().forEach(action -> copy.putArray(action).add(TOPIC));
        CloudWatchAlarm made = CloudWatchAlarm.made(copy, tags, clock.instant());
        alarms.put(made.name(), made.become("OK", made.reason(), made.since()));
    }

    /** All alarms, in the order in which they were made. */
    public synchronized List<Shown> alarms() {
        return alarms.values().stream()
                .map(alarm -> new Shown(alarm.name(), alarm.state()))
                .toList();
    }

    /** Sets a state, as SetAlarmState does; the same state again is no change. */
    public synchronized void set(String name, String state, String reason) {
        AlarmRules.state(state);
        CloudWatchAlarm alarm = Optional.ofNullable(alarms.get(name)).orElseThrow(() -> absent("ResourceNotFound"));
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
            case "PutMetricAlarm" -> {
                AlarmRules.metricAlarm(body);
                make(body);
                yield object();
            }
            case "PutCompositeAlarm" -> compose(body);
            case "DeleteAlarms" -> delete(body.path("AlarmNames"));
            case "DescribeAlarms" -> AlarmQuery.of(body).answer(alarms);
            case "ListTagsForResource" -> listTags(body);
            case "TagResource" -> tag(body);
            case "UntagResource" -> untag(body);
            case "SetAlarmState" -> {
                set(
                        body.path("AlarmName").asText(),
                        body.path("StateValue").asText(),
                        body.path("StateReason").asText());
                yield object();
            }
            case "DescribeAlarmHistory" -> history.answer(body);
            case "GetMetricWidgetImage" -> image(body.path("MetricWidget").asText());
            default -> throw new AwsError(400, "UnknownOperationException", "No such operation");
        };
    }

    /** A change keeps the state, and the tags. */
    private CloudWatchAlarm make(JsonNode body) {
        ObjectNode configuration = body.deepCopy();
        configuration.remove("Tags");
        CloudWatchAlarm before = alarms.get(body.path("AlarmName").asText());
        CloudWatchAlarm alarm = before == null
                ? CloudWatchAlarm.made(configuration, AlarmRules.tags(body.path("Tags")), clock.instant())
                : before.configured(configuration, clock.instant());
        alarms.put(alarm.name(), alarm);
        history.configured(alarm, before == null ? "created" : "updated", clock.instant());
        return alarm;
    }

    private ObjectNode compose(JsonNode body) {
        AlarmRules.name(body);
        AlarmRule rule = AlarmRule.of(body.path("AlarmRule").asText());
        AlarmRules.check(rule.alarms().allMatch(alarms::containsKey), "AlarmRule: there is no such alarm");
        follow(make(body));
        return object();
    }

    /** Those that are there are deleted, whatever else is named. */
    private ObjectNode delete(JsonNode names) {
        names.forEach(name -> alarms.remove(name.asText()));
        return object();
    }

    private void change(CloudWatchAlarm alarm, String state, String reason, List<CloudWatchAlarm> triggering) {
        CloudWatchAlarm changed = alarm.become(state, reason, clock.instant());
        alarms.put(alarm.name(), changed);
        history.became(alarm, changed);
        changes.add(new Changed(alarm.name(), state, changed.since()));
        if (changed.tells()) {
            topic.accept(
                    "%s: \"%s\" in EU (Frankfurt)".formatted(state, alarm.name()),
                    changed.message(alarm.state(), triggering).toString());
        }
    }

    private void follow(CloudWatchAlarm composite) {
        AlarmRule rule =
                AlarmRule.of(composite.configuration().path("AlarmRule").asText());
        String state =
                rule.rings(name -> alarms.containsKey(name) ? alarms.get(name).state() : "") ? "ALARM" : "OK";
        if (!composite.state().equals(state)) {
            List<CloudWatchAlarm> ringing = rule.alarms()
                    .distinct()
                    .flatMap(name -> Stream.ofNullable(alarms.get(name)))
                    .filter(child -> child.state().equals("ALARM"))
                    .toList();
            change(composite, state, "%s transitioned to %s".formatted(composite.arn(), state), ringing);
        }
    }

    /** Of an alarm that is gone there are none: that is no error. */
    private ObjectNode listTags(JsonNode body) {
        ObjectNode answer = object();
        ArrayNode tags = answer.putArray("Tags");
        find(body)
                .map(CloudWatchAlarm::tags)
                .ifPresent(all -> all.forEach(
                        (key, value) -> tags.addObject().put("Key", key).put("Value", value)));
        return answer;
    }

    private ObjectNode tag(JsonNode body) {
        CloudWatchAlarm alarm = byArn(body);
        var tags = new TreeMap<>(alarm.tags());
        tags.putAll(AlarmRules.tags(body.path("Tags")));
        alarms.put(alarm.name(), alarm.tagged(tags));
        return object();
    }

    private ObjectNode untag(JsonNode body) {
        CloudWatchAlarm alarm = byArn(body);
        var tags = new TreeMap<>(alarm.tags());
        body.path("TagKeys").forEach(key -> tags.remove(key.asText()));
        alarms.put(alarm.name(), alarm.tagged(tags));
        return object();
    }

    private Optional<CloudWatchAlarm> find(JsonNode body) {
        String arn = body.path("ResourceARN").asText();
        return alarms.values().stream().filter(alarm -> alarm.arn().equals(arn)).findFirst();
    }

    private CloudWatchAlarm byArn(JsonNode body) {
        return find(body).orElseThrow(() -> absent("ResourceNotFoundException"));
    }

    private static AwsError absent(String code) {
        return new AwsError(404, code, "The named resource does not exist.");
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
