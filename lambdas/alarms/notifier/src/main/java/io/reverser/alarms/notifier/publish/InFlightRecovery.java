package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.Digest;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.alarms.notifier.publish.ChannelLease.InFlightPost;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Writes down what was said by somebody who could not. */
final class InFlightRecovery {

    private final AlarmTable table;
    private final InstantSource clock;

    InFlightRecovery(AlarmTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** The message is there: what it says need not be said again. */
    void confirm(ChannelWriter writer, InFlightPost inFlight, PostedMessage message) {
        Instant now = clock.instant();
        List<OutboxEntry> entries = table.listPending(writer.lease().channel()).stream()
                .filter(entry -> inFlight.entryIds().contains(entry.id()))
                .toList();
        if (inFlight.mark().startsWith(DigestPublisher.DIGEST_MARK)) {
            writer.setLease(writer.lease().with(Digest.start(now).withMessage(message.ts())));
        } else if (inFlight.mark().startsWith(DigestPublisher.REPLY_MARK)) {
            Digest before = writer.lease()
                    .digest()
                    .orElseGet(() ->
                            Digest.start(now).withMessage(inFlight.threadTs().orElseThrow()));
            new DigestPublisher(table, clock).confirm(writer, before.with(entries, inFlight.mark(), now), entries);
        } else {
            entries.forEach(entry -> confirm(writer, inFlight, message, entry));
        }
    }

    private void confirm(ChannelWriter writer, InFlightPost inFlight, PostedMessage message, OutboxEntry entry) {
        String channel = writer.lease().channel();
        entry.alarmKey().flatMap(alarmKey -> table.find(channel, alarmKey)).ifPresent(alarm -> {
            if (inFlight.threadTs().isEmpty() && entry.kind() != OutboxEntry.Kind.LATE_NOTE) {
                table.saveMessageState(
                        channel, alarm.episode(), alarm.messageState().withMessage(message.ts(), entry.mentions()));
            } else if (entry.kind() == OutboxEntry.Kind.NEW_MESSAGE) {
                table.saveMessageState(
                        channel,
                        alarm.episode(),
                        alarm.messageState().foldedUnder(inFlight.threadTs().orElseThrow()));
            }
        });
        table.deleteEntries(channel, List.of(entry.id()));
    }
}
