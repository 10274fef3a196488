package io.reverser.alarms.notifier.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.reverser.alarms.notifier.event.AlarmNotification.Unrecognised;
import java.util.List;
import java.util.Optional;

/**
 * Parses every format in which AWS sends an alarm: from SNS, directly or through SQS, from EventBridge, or from CloudWatch
 * itself. Other payloads become {@link Unrecognised}: the parser drops nothing and throws nothing.
 */
public final class AlarmNotificationParser {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AlarmNotificationParser() {}

    /**
     * Parses an event, or the body of an SQS message. If the text contains several notifications, they are returned in
     * order, each with its own text.
     */
    public static List<AlarmPayload> parse(String text) {
        JsonNode event = parseJson(text);
        JsonNode records = event.path("Records");
        if (!records.isArray() || records.isEmpty()) {
            return List.of(new AlarmPayload(text, parseMessage(event, text, Optional.empty())));
        }
        return records.valueStream()
                .map(record ->
                        new AlarmPayload(records.size() == 1 ? text : singleRecordEvent(record), parseRecord(record)))
                .toList();
    }

    private static String singleRecordEvent(JsonNode record) {
        var event = JsonNodeFactory.instance.objectNode();
        event.putArray("Records").add(record);
        return event.toString();
    }

    private static AlarmNotification parseRecord(JsonNode record) {
        if (record.has("Sns")) {
            return parseEnvelope(record.path("Sns"));
        }
        String body = record.path("body").asText(record.toString());
        return parseMessage(parseJson(body), body, Optional.empty());
    }

    private static AlarmNotification parseMessage(JsonNode message, String text, Optional<String> subject) {
        if (message.has("Type") && message.path("Message").isTextual()) {
            return parseEnvelope(message);
        }
        try {
            return parseKnown(message).orElseGet(() -> new Unrecognised(subject, text));
        } catch (RuntimeException unexpected) {
            // A payload in an unexpected format is published as received, so that no alarm is lost.
            return new Unrecognised(subject, text);
        }
    }

    /**
     * Parses an SNS envelope. An SNS topic is in the same region as its alarms, so the topic's ARN completes the
     * identity of an alarm without an ARN.
     */
    private static AlarmNotification parseEnvelope(JsonNode sns) {
        String text = sns.path("Message").asText();
        JsonNode message = parseJson(text);
        Optional<String> subject = Optional.of(sns.path("Subject").asText()).filter(found -> !found.isEmpty());
        if (message.isObject() && hasName(message, "AlarmName")) {
            try {
                return SnsAlarm.parse(message, sns.path("TopicArn").asText());
            } catch (RuntimeException unexpected) {
                return new Unrecognised(subject, text);
            }
        }
        return parseMessage(message, text, subject);
    }

    private static Optional<AlarmNotification> parseKnown(JsonNode message) {
        if (!message.isObject()) {
            return Optional.empty();
        }
        if (hasName(message, "AlarmName")) {
            return Optional.of(SnsAlarm.parse(message, ""));
        }
        if (hasName(message.path("detail"), "alarmName")) {
            return EventAlarm.parseEvent(message);
        }
        if (hasName(message.path("alarmData"), "alarmName")) {
            return Optional.of(EventAlarm.parseInvocation(message));
        }
        return Optional.empty();
    }

    private static boolean hasName(JsonNode alarm, String key) {
        return JsonFields.text(alarm.path(key)).isPresent();
    }

    private static JsonNode parseJson(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).orElse(MissingNode.getInstance());
        } catch (JsonProcessingException plainText) {
            return MissingNode.getInstance();
        }
    }
}
