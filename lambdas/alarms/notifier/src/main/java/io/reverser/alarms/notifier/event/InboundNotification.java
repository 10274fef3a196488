package io.reverser.alarms.notifier.event;

import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A received notification, with looked-up tags and the mentions of its route.
 *
 * @param tags the looked-up tags
 * @param mentions Slack IDs of users and user groups to mention
 */
public record InboundNotification(AlarmPayload payload, Map<String, String> tags, List<String> mentions) {

    public InboundNotification {
        payload = payload.withTags(tags);
        tags = Map.copyOf(tags);
        mentions = List.copyOf(mentions);
    }

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
