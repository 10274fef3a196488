package io.reverser.alarms.notifier.event;

import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that arrived, with what is known about it besides.
 *
 * @param body as it arrived
 * @param tags that were looked up
 * @param mentions who is to be called
 */
public record InboundNotification(
        String body, AlarmNotification notification, Map<String, String> tags, List<String> mentions) {

    public InboundNotification {
        tags = Map.copyOf(tags);
        mentions = List.copyOf(mentions);
    }

    /** The same for others. */
    public InboundNotification withMentions(List<String> newMentions) {
        return new InboundNotification(body, notification, tags, newMentions);
    }

    public Optional<String> alarmKey() {
        return notification instanceof StateChange change
                ? Optional.of(change.alarm().key())
                : Optional.empty();
    }
}
