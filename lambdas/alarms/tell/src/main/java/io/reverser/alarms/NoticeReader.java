package io.reverser.alarms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.reverser.alarms.Notice.Other;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads whatever AWS sends about an alarm: through SNS, directly or by way of SQS, through EventBridge, or from CloudWatch
 * itself. What it does not know it hands on as it came; it drops nothing and throws nothing.
 */
public final class NoticeReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private NoticeReader() {}

    /** What is in an event, or in the body of a message, in the order in which it is there. */
    public static List<Notice> read(String text) {
        JsonNode event = json(text);
        JsonNode records = event.path("Records");
        return records.isArray() && !records.isEmpty()
                ? StreamSupport.stream(records.spliterator(), false)
                        .map(NoticeReader::record)
                        .toList()
                : List.of(message(event, text, Optional.empty()));
    }

    private static Notice record(JsonNode record) {
        if (record.has("Sns")) {
            return envelope(record.path("Sns"));
        }
        String body = record.path("body").asText(record.toString());
        return message(json(body), body, Optional.empty());
    }

    private static Notice message(JsonNode message, String text, Optional<String> subject) {
        if (message.has("Type") && message.path("Message").isTextual()) {
            return envelope(message);
        }
        try {
            return known(message).orElseGet(() -> new Other(subject, text));
        } catch (RuntimeException unexpected) {
            // A shape that was never seen must not cost anybody the alarm.
            return new Other(subject, text);
        }
    }

    /** SNS's. Its topic says where an alarm is that does not say so itself: they are always in one region. */
    private static Notice envelope(JsonNode sns) {
        String text = sns.path("Message").asText();
        JsonNode message = json(text);
        Optional<String> subject = Optional.of(sns.path("Subject").asText()).filter(found -> !found.isEmpty());
        if (message.isObject() && hasName(message, "AlarmName")) {
            try {
                return SnsAlarm.read(message, sns.path("TopicArn").asText());
            } catch (RuntimeException unexpected) {
                return new Other(subject, text);
            }
        }
        return message(message, text, subject);
    }

    private static Optional<Notice> known(JsonNode message) {
        if (!message.isObject()) {
            return Optional.empty();
        }
        if (hasName(message, "AlarmName")) {
            return Optional.of(SnsAlarm.read(message, ""));
        }
        if (hasName(message.path("detail"), "alarmName")) {
            return EventAlarm.readEvent(message);
        }
        if (hasName(message.path("alarmData"), "alarmName")) {
            return Optional.of(EventAlarm.readInvocation(message));
        }
        return Optional.empty();
    }

    private static boolean hasName(JsonNode alarm, String key) {
        return Json.text(alarm.path(key)).isPresent();
    }

    private static JsonNode json(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).orElse(MissingNode.getInstance());
        } catch (JsonProcessingException plainText) {
            return MissingNode.getInstance();
        }
    }
}
