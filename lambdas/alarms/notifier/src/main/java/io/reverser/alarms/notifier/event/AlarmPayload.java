package io.reverser.alarms.notifier.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.util.Map;

/**
 * A text that arrived, and what it says. It is parsed where it comes in, from a queue or from the table, and nowhere else; the
 * parser throws nothing. As JSON it is the text alone.
 */
public record AlarmPayload(@JsonValue String text, AlarmNotification notification) {

    /** Parses a text with one notification in it; of several it is the first. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AlarmPayload parse(String text) {
        return AlarmNotificationParser.parse(text).getFirst();
    }

    /** The same with tags that did not come with it; those that did, stay. */
    public AlarmPayload withTags(Map<String, String> tags) {
        return notification instanceof StateChange change ? new AlarmPayload(text, change.withTags(tags)) : this;
    }
}
