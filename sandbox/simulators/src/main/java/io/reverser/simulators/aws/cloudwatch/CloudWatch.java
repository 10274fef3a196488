package io.reverser.simulators.aws.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.IamRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
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
 * CloudWatch alarms. Tests set their states; no metric is evaluated. A state change is published to the simulator's
 * only SNS topic if the alarm has actions for the new state. The state of a composite alarm follows the states of the
 * alarms in its rule.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html">CloudWatch API reference</a>
 */
public final class CloudWatch implements SimulatedApi {

    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:alarms";

    private final InstantSource clock;
    private final Map<String, CloudWatchAlarm> alarms = new LinkedHashMap<>();
    private final AlarmHistory history = new AlarmHistory();
    private final List<AlarmStateChange> stateChanges = new ArrayList<>();
    private volatile BiConsumer<String, String> topic = (subject, message) -> {};

    public CloudWatch(InstantSource clock) {
        this.clock = clock;
    }

    /** An alarm's name and state. */
    public record AlarmSummary(String name, String state) {}

    /** A change of an alarm's state, with its time. */
    public record AlarmStateChange(String name, String state, Instant at) {}

    /** All state changes so far, oldest first. */
    public synchronized List<AlarmStateChange> stateChanges() {
        return List.copyOf(stateChanges);
    }

    /** Sets the subscriber for alarm notifications, which receives the subject and the message of each notification. */
    public void onChange(BiConsumer<String, String> listener) {
        topic = listener;
    }

    /**
     * Creates an alarm in the state OK with actions for all states.
     *
     * @param configuration the input of PutMetricAlarm or PutCompositeAlarm
     */
    public synchronized void putAlarm(JsonNode configuration, Map<String, String> tags) {
        ObjectNode copy = configuration.deepCopy();
        CloudWatchAlarm.ACTIONS_BY_STATE
                .values()
                .forEach(action -> copy.putArray(action).add(TOPIC));
        CloudWatchAlarm created = CloudWatchAlarm.create(copy, tags, clock.instant());
        alarms.put(created.name(), created.withState("OK", created.reason(), created.stateSince()));
    }

    /** All alarms, in the order in which they were created. */
    public synchronized List<AlarmSummary> alarms() {
        return alarms.values().stream()
                .map(alarm -> new AlarmSummary(alarm.name(), alarm.state()))
                .toList();
    }

    /** Sets the state of an alarm as SetAlarmState does. Setting the current state again changes nothing. */
    public synchronized void setAlarmState(String name, String state, String reason) {
        AlarmValidator.validateState(state);
        CloudWatchAlarm alarm = Optional.ofNullable(alarms.get(name)).orElseThrow(() -> notFound("ResourceNotFound"));
        if (alarm.state().equals(state)) {
            return;
        }
        changeState(alarm, state, reason, List.of());
        List.copyOf(alarms.values()).forEach(this::evaluateIfComposite);
    }

    @Override
    public String name() {
        return "CloudWatch";
    }

    @Override
    public String resolveOperation(String method, List<String> path) {
        return path.getLast();
    }

    @Override
    public List<IamRequest> iamRequests(AwsRequest request) {
        String arn = request.body().path("ResourceARN").asText();
        String name = request.body().path("AlarmName").asText();
        String resource = arn.isEmpty() && !name.isEmpty() ? IamRequest.arn("cloudwatch", "alarm:" + name) : arn;
        return List.of(IamRequest.of("cloudwatch:" + request.operation(), resource.isEmpty() ? "*" : resource));
    }

    @Override
    public synchronized JsonNode handle(AwsRequest request) {
        JsonNode body = request.body();
        return switch (request.operation()) {
            case "PutMetricAlarm" -> {
                AlarmValidator.validateMetricAlarm(body);
                storeConfiguration(body);
                yield object();
            }
            case "PutCompositeAlarm" -> putCompositeAlarm(body);
            case "DeleteAlarms" -> deleteAlarms(body.path("AlarmNames"));
            case "DescribeAlarms" -> AlarmQuery.parse(body).page(alarms);
            case "ListTagsForResource" -> listTags(body);
            case "TagResource" -> tagResource(body);
            case "UntagResource" -> untagResource(body);
            case "SetAlarmState" -> {
                setAlarmState(
                        body.path("AlarmName").asText(),
                        body.path("StateValue").asText(),
                        body.path("StateReason").asText());
                yield object();
            }
            case "DescribeAlarmHistory" -> history.describe(body);
            case "GetMetricWidgetImage" ->
                renderWidget(body.path("MetricWidget").asText());
            default -> throw new AwsError(400, "UnknownOperationException", "No such operation");
        };
    }

    /** Stores the configuration of a new or existing alarm. An existing alarm keeps its state and its tags. */
    private CloudWatchAlarm storeConfiguration(JsonNode body) {
        ObjectNode configuration = body.deepCopy();
        configuration.remove("Tags");
        CloudWatchAlarm before = alarms.get(body.path("AlarmName").asText());
        CloudWatchAlarm alarm = before == null
                ? CloudWatchAlarm.create(configuration, AlarmValidator.parseTags(body.path("Tags")), clock.instant())
                : before.withConfiguration(configuration, clock.instant());
        alarms.put(alarm.name(), alarm);
        history.recordConfiguration(alarm, before == null ? "created" : "updated", clock.instant());
        return alarm;
    }

    private ObjectNode putCompositeAlarm(JsonNode body) {
        AlarmValidator.validateName(body);
        AlarmRuleExpression rule =
                AlarmRuleExpression.parse(body.path("AlarmRule").asText());
        AlarmValidator.require(
                rule.referencedAlarms().allMatch(alarms::containsKey), "AlarmRule: there is no such alarm");
        evaluateIfComposite(storeConfiguration(body));
        return object();
    }

    /** Deletes the requested alarms and ignores names of missing alarms. */
    private ObjectNode deleteAlarms(JsonNode names) {
        names.forEach(name -> alarms.remove(name.asText()));
        return object();
    }

    private void changeState(
            CloudWatchAlarm alarm, String state, String reason, List<CloudWatchAlarm> triggeringChildren) {
        CloudWatchAlarm changed = alarm.withState(state, reason, clock.instant());
        alarms.put(alarm.name(), changed);
        history.recordStateChange(alarm, changed);
        stateChanges.add(new AlarmStateChange(alarm.name(), state, changed.stateSince()));
        if (changed.hasEnabledActions()) {
            topic.accept(
                    "%s: \"%s\" in EU (Frankfurt)".formatted(state, alarm.name()),
                    changed.toNotification(alarm.state(), triggeringChildren).toString());
        }
    }

    private void evaluateIfComposite(CloudWatchAlarm alarm) {
        alarm.rule().ifPresent(rule -> evaluate(alarm, rule));
    }

    private void evaluate(CloudWatchAlarm composite, AlarmRuleExpression rule) {
        String state = rule.evaluate(
                        name -> alarms.containsKey(name) ? alarms.get(name).state() : "")
                ? "ALARM"
                : "OK";
        if (!composite.state().equals(state)) {
            List<CloudWatchAlarm> childrenInAlarm = rule.referencedAlarms()
                    .distinct()
                    .flatMap(name -> Stream.ofNullable(alarms.get(name)))
                    .filter(child -> child.state().equals("ALARM"))
                    .toList();
            changeState(composite, state, "%s transitioned to %s".formatted(composite.arn(), state), childrenInAlarm);
        }
    }

    /** Returns the tags of an alarm. For a deleted alarm, the list is empty; that is not an error. */
    private ObjectNode listTags(JsonNode body) {
        ObjectNode response = object();
        ArrayNode tags = response.putArray("Tags");
        findByArn(body)
                .map(CloudWatchAlarm::tags)
                .ifPresent(all -> all.forEach(
                        (key, value) -> tags.addObject().put("Key", key).put("Value", value)));
        return response;
    }

    private ObjectNode tagResource(JsonNode body) {
        CloudWatchAlarm alarm = requireByArn(body);
        var tags = new TreeMap<>(alarm.tags());
        tags.putAll(AlarmValidator.parseTags(body.path("Tags")));
        alarms.put(alarm.name(), alarm.withTags(tags));
        return object();
    }

    private ObjectNode untagResource(JsonNode body) {
        CloudWatchAlarm alarm = requireByArn(body);
        var tags = new TreeMap<>(alarm.tags());
        body.path("TagKeys").forEach(key -> tags.remove(key.asText()));
        alarms.put(alarm.name(), alarm.withTags(tags));
        return object();
    }

    private Optional<CloudWatchAlarm> findByArn(JsonNode body) {
        String arn = body.path("ResourceARN").asText();
        return alarms.values().stream().filter(alarm -> alarm.arn().equals(arn)).findFirst();
    }

    private CloudWatchAlarm requireByArn(JsonNode body) {
        return findByArn(body).orElseThrow(() -> notFound("ResourceNotFoundException"));
    }

    private static AwsError notFound(String code) {
        return new AwsError(404, code, "The named resource does not exist.");
    }

    private ObjectNode renderWidget(String widget) {
        ObjectNode response = object();
        response.set(
                "MetricWidgetImage",
                BinaryNode.valueOf(MetricWidget.parse(widget).draw(clock.instant())));
        return response;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
