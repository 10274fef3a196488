package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.message.AlarmMessages;
import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.Digest;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.alarms.notifier.outbox.OutboxEntry.Kind;
import io.reverser.slack.client.SlackException;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Publishes an alarm storm: one message with the counts, and one line per change in its thread. */
public final class DigestPublisher {

    public static final String REPLY_KEY_PREFIX = "fold ";
    public static final String DIGEST_KEY_PREFIX = "storm ";

    /** The digest's own message is updated after this many replies, while more entries are pending. */
    private static final int REPLIES_PER_REFRESH = 20;

    private final AlarmTable table;
    private final InstantSource clock;
    private int replies;

    DigestPublisher(AlarmTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * The next pending outbox entries for the digest; empty if there is no storm. Entries that Slack rejected are
     * published separately, as plain text.
     */
    List<OutboxEntry> nextBatch(ChannelLease lease, List<OutboxEntry> pending) {
        List<OutboxEntry> candidates = pending.stream()
                .filter(entry -> entry.kind() != Kind.REFRESH && entry.kind() != Kind.PLAIN_TEXT)
                .toList();
        boolean isStormActive = lease.digest()
                .filter(digest -> digest.isActive(clock.instant()))
                .isPresent();
        return candidates.size() >= Digest.STORM_THRESHOLD || isStormActive
                ? AlarmMessages.takeFitting(candidates)
                : List.of();
    }

    /** Whether a posted digest contains the alarm of this outbox entry. */
    boolean contains(ChannelLease lease, OutboxEntry entry) {
        return lease.digest()
                .filter(digest -> digest.messageTs().isPresent()
                        && entry.alarmKey().filter(digest::contains).isPresent())
                .isPresent();
    }

    /**
     * Publishes outbox entries in the digest, and deletes them from the outbox. If the digest's message was deleted, a
     * new digest begins.
     */
    void append(ChannelWriter writer, List<OutboxEntry> entries) {
        try {
            postReply(writer, entries);
        } catch (SlackException failure) {
            if (!failure.isMessageGone() || writer.lease().digest().isEmpty()) {
                throw failure;
            }
            writer.setLease(writer.lease().withoutInFlight().withoutDigest());
            postReply(writer, entries);
        }
        replies++;
        if (replies % REPLIES_PER_REFRESH == 0) {
            refresh(writer);
        }
    }

    private void postReply(ChannelWriter writer, List<OutboxEntry> entries) {
        Instant now = clock.instant();
        Digest before = currentDigest(writer.lease(), entries, now);
        String replyKey = REPLY_KEY_PREFIX + entries.getFirst().id() + " " + entries.size();
        Digest after = before.with(entries, replyKey, now);
        boolean isNew = before.messageTs().isEmpty();
        if (isNew) {
            PostedMessage posted = writer.post(
                    AlarmMessages.digest(after, before.newMentions(entries)),
                    DIGEST_KEY_PREFIX + entries.getFirst().id(),
                    List.of());
            before = before.withMessage(posted.ts());
            after = after.withMessage(posted.ts()).refreshed();
            writer.setLease(writer.lease().with(before));
        }
        String ts = after.messageTs().orElseThrow();
        var mentions = isNew ? new HashSet<String>() : before.newMentions(entries);
        writer.reply(
                ts,
                AlarmMessages.digestReply(entries, mentions),
                replyKey,
                entries.stream().map(OutboxEntry::id).toList());
        confirm(writer, after, entries);
    }

    /**
     * Updates the digest's message if it is stale. If the message cannot be updated, the next storm starts a new
     * digest.
     */
    void refresh(ChannelWriter writer) {
        Optional<Digest> stale = writer.lease().digest().filter(Digest::isStale);
        if (stale.flatMap(Digest::messageTs).isPresent()) {
            Digest digest = stale.get();
            try {
                writer.update(digest.messageTs().orElseThrow(), AlarmMessages.digest(digest, List.of()));
                writer.setLease(writer.lease().with(digest.refreshed()));
            } catch (SlackException failure) {
                if (failure.kind() == SlackException.Kind.RETRYABLE) {
                    throw failure;
                }
                writer.setLease(writer.lease().withoutDigest());
            }
        }
    }

    /** Counts the outbox entries of a posted reply (idempotent), and deletes them from the outbox. */
    void confirm(ChannelWriter writer, Digest after, List<OutboxEntry> entries) {
        entries.stream()
                .filter(entry -> entry.kind() == OutboxEntry.Kind.UPDATE)
                .flatMap(entry -> entry.alarmKey().stream())
                .distinct()
                .filter(alarmKey -> hasMessage(writer.lease().channel(), alarmKey))
                .forEach(alarmKey ->
                        table.addEntry(writer.lease().channel(), OutboxEntry.refresh(alarmKey, clock.instant())));
        writer.setLease(writer.lease().with(after));
        writer.renewLease();
        table.deleteEntries(
                writer.lease().channel(), entries.stream().map(OutboxEntry::id).toList());
        writer.setLease(writer.lease().withoutInFlight());
    }

    /** Whether the alarm has its own message, because it fired before the storm; this message is updated, too. */
    private boolean hasMessage(String channel, String alarmKey) {
        return table.find(channel, alarmKey)
                .flatMap(alarm -> alarm.messageState().messageTs())
                .isPresent();
    }

    private static Digest currentDigest(ChannelLease lease, List<OutboxEntry> entries, Instant now) {
        return lease.digest()
                .filter(digest -> digest.messageTs().isPresent())
                .filter(digest -> digest.isActive(now)
                        || entries.stream()
                                .allMatch(entry -> entry.alarmKey()
                                        .filter(digest::contains)
                                        .isPresent()))
                .orElseGet(() -> Digest.start(now));
    }
}
