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

/** Many alarms at once: one message that counts them, and one line for each in its thread. */
public final class DigestPublisher {

    public static final String REPLY_KEY_PREFIX = "fold ";
    public static final String DIGEST_KEY_PREFIX = "storm ";

    /** Replies between two looks of the digest's own message, while more waits. */
    private static final int REPLIES_PER_REFRESH = 20;

    private final AlarmTable table;
    private final InstantSource clock;
    private int replies;

    DigestPublisher(AlarmTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** What is told next as a storm, of what waits; nothing when there is none. What Slack refused is told alone. */
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

    /** Whether the alarm has no message of its own because it is in the digest. */
    boolean contains(ChannelLease lease, OutboxEntry entry) {
        return lease.digest()
                .filter(digest -> digest.messageTs().isPresent()
                        && entry.alarmKey().filter(digest::contains).isPresent())
                .isPresent();
    }

    /**
     * Publishes entries in the digest, and deletes them. If the digest's message was deleted, another digest begins.
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

    /** Makes the digest's message say what the digest says, if it does not; one that cannot be changed is not gone on with. */
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

    /** The entries of a reply that is there are counted once and deleted. */
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

    /** One that rang before the storm; its message changes with each entry of the storm that is about it. */
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
