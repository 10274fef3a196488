package io.reverser.alarms.notifier.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.util.Map;

/**
 * A received text with its parsed notification. The text is parsed once, when it is read from a queue or from the
 * DynamoDB table. As JSON, a payload is only the text.
 */
public record AlarmPayload(@JsonValue String text, AlarmNotification notification) {

    /** Parses a text; if the text contains several notifications, only the first is used. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AlarmPayload parse(String text) {
        return AlarmNotificationParser.parse(text).getFirst();
    }

    /** A copy with the looked-up tags added; tags in the payload take precedence. */
    public AlarmPayload withTags(Map<String, String> tags) {
        return notification instanceof StateChange change ? new AlarmPayload(text, change.withTags(tags)) : this;
    }
}
