package io.reverser.alarms.notifier.event;

import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that arrived, with what is known about it besides.
 *
 * @param tags that were looked up
 * @param mentions who is to be called
 */
public record InboundNotification(AlarmPayload payload, Map<String, String> tags, List<String> mentions) {

    public InboundNotification {
        payload = payload.withTags(tags);
        tags = Map.copyOf(tags);
        mentions = List.copyOf(mentions);
    }

    /** The same for others. */
    public InboundNotification withMentions(List<String> newMentions) {
        return new InboundNotification(payload, tags, newMentions);
    }

    public AlarmNotification notification() {
        return payload.notification();
    }

    public Optional<String> alarmKey() {
        return notification() instanceof StateChange change
                ? Optional.of(change.alarm().key())
                : Optional.empty();
    }
}
