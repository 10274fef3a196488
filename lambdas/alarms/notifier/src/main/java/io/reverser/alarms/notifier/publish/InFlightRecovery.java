package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.Digest;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.alarms.notifier.publish.ChannelLease.InFlightPost;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Recovers a previous lease holder's in-flight post: if the post is in Slack, it is recorded as published; otherwise it
 * is sent again.
 */
final class InFlightRecovery {

    private final AlarmTable table;
    private final DigestPublisher digestPublisher;
    private final InstantSource clock;

    InFlightRecovery(AlarmTable table, DigestPublisher digestPublisher, InstantSource clock) {
        this.table = table;
        this.digestPublisher = digestPublisher;
        this.clock = clock;
    }

    void recover(ChannelWriter writer) {
        Optional<InFlightPost> inFlight = writer.lease().inFlight();
        if (inFlight.isPresent()) {
            writer.findPosted(inFlight.get()).ifPresent(message -> confirm(writer, inFlight.get(), message));
            writer.setLease(writer.lease().withoutInFlight());
        }
    }

    /** Records that the outbox entries of a message are published, after the message was found in Slack. */
    private void confirm(ChannelWriter writer, InFlightPost inFlight, PostedMessage message) {
        Instant now = clock.instant();
        List<OutboxEntry> entries = table.listPending(writer.lease().channel()).stream()
                .filter(entry -> inFlight.entryIds().contains(entry.id()))
                .toList();
        if (inFlight.dedupKey().startsWith(DigestPublisher.DIGEST_KEY_PREFIX)) {
            writer.setLease(writer.lease().with(Digest.start(now).withMessage(message.ts())));
        } else if (inFlight.dedupKey().startsWith(DigestPublisher.REPLY_KEY_PREFIX)) {
            Digest before = writer.lease()
                    .digest()
                    .orElseGet(() ->
                            Digest.start(now).withMessage(inFlight.threadTs().orElseThrow()));
            digestPublisher.confirm(writer, before.with(entries, inFlight.dedupKey(), now), entries);
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
