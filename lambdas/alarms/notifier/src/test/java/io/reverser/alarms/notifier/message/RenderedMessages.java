package io.reverser.alarms.notifier.message;

import io.reverser.alarms.notifier.event.AlarmNotification;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmNotificationParser;
import io.reverser.alarms.notifier.event.AlarmPayload;
import io.reverser.alarms.notifier.outbox.AlarmRecord;
import io.reverser.alarms.notifier.outbox.Episode;
import io.reverser.alarms.notifier.outbox.MessageState;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.slack.message.SlackMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders the Slack messages for the first notification of an alarm. */
final class RenderedMessages {

    private RenderedMessages() {}

    static List<SlackMessage> of(String payload) {
        AlarmPayload first = AlarmPayload.parse(payload);
        return AlarmNotificationParser.parse(payload).stream()
                .map(one -> of(one.notification(), first))
                .toList();
    }

    /** The outbox entry of a new message. */
    static OutboxEntry entry(String payload) {
        return entry(AlarmPayload.parse(payload));
    }

    private static OutboxEntry entry(AlarmPayload payload) {
        return new OutboxEntry(
                OutboxEntry.idFor(payload),
                OutboxEntry.Kind.NEW_MESSAGE,
                Optional.empty(),
                payload,
                Map.of(),
                false,
                List.of(),
                Instant.EPOCH,
                Optional.empty());
    }

    private static SlackMessage of(AlarmNotification notification, AlarmPayload payload) {
        return notification instanceof StateChange change
                ? AlarmMessages.alarm(
                        new AlarmRecord(Episode.startWith(change), payload, Map.of(), MessageState.NOT_POSTED, 1),
                        Instant.EPOCH)
                : AlarmMessages.notification(entry(payload));
    }
}
