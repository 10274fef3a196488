package io.reverser.alarms.notifier.outbox;

import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmPayload;
import java.util.Map;

/**
 * An alarm as the table has it.
 *
 * @param payload the change that made it what it is, as it arrived
 * @param tags that were looked up
 * @param version counts its changes from 1; a change is only taken from who saw the latest
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

    /** What it became. */
    AlarmRecord changedTo(Episode next, AlarmPayload newPayload, Map<String, String> newTags) {
        return new AlarmRecord(next, newPayload, newTags, messageState, version + 1);
    }

    /** The same alarm with an episode in which a change was added or removed. */
    public AlarmRecord withEpisode(Episode other) {
        return new AlarmRecord(other, payload, tags, messageState, version + 1);
    }
}
