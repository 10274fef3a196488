package io.reverser.alarms.notifier.outbox;

import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmPayload;
import java.util.Map;

/**
 * An alarm as stored in the DynamoDB table.
 *
 * @param payload the notification of the change to the current state, as received
 * @param tags the looked-up tags
 * @param version counts writes from 1, for the optimistic lock
 */
public record AlarmRecord(
        Episode episode, AlarmPayload payload, Map<String, String> tags, MessageState messageState, long version) {

    public AlarmRecord {
        tags = Map.copyOf(tags);
        payload = payload.withTags(tags);
    }

    public StateChange change() {
        return (StateChange) payload.notification();
    }

    public AlarmRecord with(MessageState newer) {
        return new AlarmRecord(episode, payload, tags, newer, version);
    }

    /** The record after a state change. */
    AlarmRecord changedTo(Episode next, AlarmPayload newPayload, Map<String, String> newTags) {
        return new AlarmRecord(next, newPayload, newTags, messageState, version + 1);
    }

    /** The same alarm with an episode in which a change was added or removed. */
    public AlarmRecord withEpisode(Episode other) {
        return new AlarmRecord(other, payload, tags, messageState, version + 1);
    }
}
