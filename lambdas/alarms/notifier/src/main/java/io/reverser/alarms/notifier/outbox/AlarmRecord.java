package io.reverser.alarms.notifier.outbox;

import io.reverser.alarms.notifier.event.AlarmNotification;
import io.reverser.alarms.notifier.event.AlarmNotificationParser;
import java.util.Map;

/**
 * An alarm as the table has it.
 *
 * @param body the change that made it what it is, as it arrived
 * @param tags that were looked up
 * @param version counts its changes from 1; a change is only taken from who saw the latest
 */
public record AlarmRecord(
        Episode episode, String body, Map<String, String> tags, MessageState messageState, long version) {

    public AlarmRecord {
        tags = Map.copyOf(tags);
    }

    public AlarmNotification.StateChange parseChange() {
        return ((AlarmNotification.StateChange)
                        AlarmNotificationParser.parse(body).getFirst())
                .withTags(tags);
    }

    public AlarmRecord with(MessageState newer) {
        return new AlarmRecord(episode, body, tags, newer, version);
    }

    /** What it became. */
    AlarmRecord changedTo(Episode next, String newBody, Map<String, String> newTags) {
        return new AlarmRecord(next, newBody, newTags, messageState, version + 1);
    }

    /** The same without a change that nobody could be told of. */
    public AlarmRecord withEpisode(Episode other) {
        return new AlarmRecord(other, body, tags, messageState, version + 1);
    }
}
