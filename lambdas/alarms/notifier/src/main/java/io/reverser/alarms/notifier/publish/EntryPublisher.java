package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.event.AlarmKind.Composite;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.message.AlarmMessages;
import io.reverser.alarms.notifier.outbox.AlarmRecord;
import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.MessageState;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.alarms.notifier.outbox.OutboxEntry.Kind;
import io.reverser.slack.client.SlackException;
import io.reverser.slack.message.SlackMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Publishes one outbox entry of any kind. The caller holds the channel's lease. */
final class EntryPublisher {

    /**
     * An outbox entry older than this may have been posted by a publisher that crashed before it could delete the
     * entry.
     */
    private static final Duration IN_DOUBT_AFTER = Duration.ofSeconds(10);

    private final AlarmTable table;
    private final DigestPublisher digestPublisher;
    private final InstantSource clock;

    EntryPublisher(AlarmTable table, DigestPublisher digestPublisher, InstantSource clock) {
        this.table = table;
        this.digestPublisher = digestPublisher;
        this.clock = clock;
    }

    /** Publishes the entry and deletes it from the outbox. */
    void publish(ChannelWriter writer, OutboxEntry entry) {
        String channel = writer.lease().channel();
        Optional<AlarmRecord> found = entry.alarmKey().flatMap(alarmKey -> table.find(channel, alarmKey));
        if (found.isEmpty()) {
            if (entry.kind() != Kind.REFRESH && !isPosted(writer, entry)) {
                writer.post(
                        entry.kind() == Kind.PLAIN_TEXT
                                ? AlarmMessages.plainText(entry)
                                : AlarmMessages.notification(entry),
                        entry.id(),
                        List.of(entry.id()));
            }
        } else {
            publish(writer, entry, found.get());
        }
        table.deleteEntries(channel, List.of(entry.id()));
        writer.setLease(writer.lease().withoutInFlight());
    }

    private void publish(ChannelWriter writer, OutboxEntry entry, AlarmRecord alarm) {
        switch (entry.kind()) {
            case NEW_MESSAGE -> publishNew(writer, entry, alarm);
            case UPDATE -> {
                MessageState before = resolveParent(writer.lease().channel(), entry, alarm.messageState());
                publishUpdate(writer, entry, alarm.with(before.afterChange(entry.firedAgain(), entry.isResolution())));
            }
            case LATE_NOTE -> postLateNote(writer, entry, alarm);
            case PLAIN_TEXT -> writer.post(AlarmMessages.plainText(entry), entry.id(), List.of(entry.id()));
            case REFRESH -> refreshMessage(writer, entry, alarm);
        }
    }

    private void publishNew(ChannelWriter writer, OutboxEntry entry, AlarmRecord alarm) {
        Optional<String> parentTs = findParentTs(writer.lease().channel(), entry);
        if (parentTs.isPresent()) {
            writer.reply(parentTs.get(), AlarmMessages.threadNote(entry, true), entry.id(), List.of(entry.id()));
            table.saveMessageState(
                    writer.lease().channel(),
                    alarm.episode(),
                    alarm.messageState().foldedUnder(parentTs.get()));
        } else {
            postMessage(writer, entry, alarm);
        }
    }

    /** Posts a message for the entry's alarm, and shortens the messages of a composite alarm's children. */
    private void postMessage(ChannelWriter writer, OutboxEntry entry, AlarmRecord alarm) {
        String channel = writer.lease().channel();
        if (alarm.change().kind() instanceof Composite composite
                && !alarm.episode().isOver()) {
            table.linkChildren(
                    channel,
                    alarm.episode().alarmKey(),
                    composite.childKeys(alarm.change().alarm()));
        }
        String ts = findPosted(writer, entry)
                .orElseGet(() -> writer.post(
                                AlarmMessages.alarm(alarm, entry, clock.instant()), entry.id(), List.of(entry.id()))
                        .ts());
        table.saveMessageState(channel, alarm.episode(), alarm.messageState().withMessage(ts, entry.mentions()));
        foldChildren(channel, alarm, ts);
    }

    private void publishUpdate(ChannelWriter writer, OutboxEntry entry, AlarmRecord alarm) {
        MessageState messageState = alarm.messageState();
        if (messageState.messageTs().isPresent()) {
            if (!updateIfPresent(writer, alarm, AlarmMessages.alarm(alarm, entry, clock.instant()))) {
                postMessage(writer, entry, alarm);
                return;
            }
            table.saveMessageState(writer.lease().channel(), alarm.episode(), messageState);
            if (!messageState.isMuted(clock.instant())) {
                postNote(
                        writer,
                        messageState.parentTs().orElseGet(messageState.messageTs()::get),
                        entry,
                        messageState.parentTs().isPresent());
            }
            unfoldChildren(writer.lease().channel(), alarm);
        } else if (messageState.parentTs().isPresent()) {
            postNote(writer, messageState.parentTs().get(), entry, true);
        } else if (digestPublisher.contains(writer.lease(), entry)) {
            digestPublisher.append(writer, List.of(entry));
        } else {
            postMessage(writer, entry, alarm);
        }
    }

    private void postLateNote(ChannelWriter writer, OutboxEntry entry, AlarmRecord alarm) {
        Optional<String> thread =
                alarm.messageState().messageTs().or(() -> alarm.messageState().parentTs());
        if (thread.isPresent()) {
            postNote(
                    writer,
                    thread.get(),
                    entry,
                    alarm.messageState().messageTs().isEmpty());
            table.addEntry(
                    writer.lease().channel(),
                    OutboxEntry.refresh(alarm.episode().alarmKey(), clock.instant()));
        } else if (digestPublisher.contains(writer.lease(), entry)) {
            digestPublisher.append(writer, List.of(entry));
        } else if (!isPosted(writer, entry)) {
            writer.post(AlarmMessages.threadNote(entry, true), entry.id(), List.of(entry.id()));
        }
    }

    private void refreshMessage(ChannelWriter writer, OutboxEntry entry, AlarmRecord alarm) {
        if (alarm.messageState().messageTs().isPresent()) {
            updateIfPresent(writer, alarm, AlarmMessages.alarm(alarm, clock.instant()));
        } else if (alarm.messageState().parentTs().isEmpty() && !alarm.episode().isOver()) {
            // All refreshes of an alarm have the same entry ID, but the deduplication key has to be unique.
            String dedupKey = entry.id() + " " + entry.recordedAt();
            String ts = writer.post(AlarmMessages.alarm(alarm, clock.instant()), dedupKey, List.of(entry.id()))
                    .ts();
            table.saveMessageState(
                    writer.lease().channel(),
                    alarm.episode(),
                    alarm.messageState().withMessage(ts, List.of()));
        }
    }

    /**
     * Returns the message state, which says in which thread a child is published: in that of its composite alarm, while
     * the composite alarm fires. A child that was resolved stays in this thread.
     */
    private MessageState resolveParent(String channel, OutboxEntry entry, MessageState messageState) {
        boolean isUnfolded = messageState.parentTs().isPresent()
                && findParentTs(channel, entry).isEmpty()
                && (messageState.messageTs().isPresent() || !entry.isResolution());
        return isUnfolded ? messageState.unfolded() : messageState;
    }

    /** Posts a reply in a thread. In another alarm's thread, the reply has to name the entry's alarm. */
    private void postNote(ChannelWriter writer, String thread, OutboxEntry entry, boolean namesAlarm) {
        boolean isPosted = mayHaveBeenPosted(entry)
                && writer.findPosted(new ChannelLease.InFlightPost(entry.id(), Optional.of(thread), List.of()))
                        .isPresent();
        if (!isPosted) {
            writer.reply(thread, AlarmMessages.threadNote(entry, namesAlarm), entry.id(), List.of(entry.id()));
        }
    }

    /** Updates an alarm's message; returns false when the message was deleted or can no longer be edited. */
    private static boolean updateIfPresent(ChannelWriter writer, AlarmRecord alarm, SlackMessage message) {
        try {
            writer.updateOrDropImages(alarm.messageState().messageTs().orElseThrow(), message);
            return true;
        } catch (SlackException failure) {
            if (failure.isMessageGone()) {
                return false;
            }
            throw failure;
        }
    }

    private boolean isPosted(ChannelWriter writer, OutboxEntry entry) {
        return findPosted(writer, entry).isPresent();
    }

    private Optional<String> findPosted(ChannelWriter writer, OutboxEntry entry) {
        return mayHaveBeenPosted(entry) ? writer.find(entry.id()).map(message -> message.ts()) : Optional.empty();
    }

    private boolean mayHaveBeenPosted(OutboxEntry entry) {
        return clock.instant().isAfter(entry.recordedAt().plus(IN_DOUBT_AFTER));
    }

    /**
     * The timestamp of the message of the composite alarm to which the entry's alarm belongs; empty unless the
     * composite alarm fires.
     */
    private Optional<String> findParentTs(String channel, OutboxEntry entry) {
        return entry.alarmKey()
                .flatMap(alarmKey -> table.findParent(channel, alarmKey))
                .flatMap(composite -> table.find(channel, composite))
                .filter(composite -> !composite.episode().isOver())
                .flatMap(composite -> composite.messageState().messageTs());
    }

    /**
     * When a composite alarm is resolved, children that still fire get complete messages outside the composite alarm's
     * thread.
     */
    private void unfoldChildren(String channel, AlarmRecord alarm) {
        if (alarm.change().kind() instanceof Composite composite
                && alarm.episode().isOver()) {
            for (String child : composite.childKeys(alarm.change().alarm())) {
                table.find(channel, child)
                        .filter(found -> !found.episode().isOver()
                                && found.messageState()
                                        .parentTs()
                                        .equals(alarm.messageState().messageTs()))
                        .ifPresent(found -> {
                            table.saveMessageState(
                                    channel,
                                    found.episode(),
                                    found.messageState().unfolded());
                            table.addEntry(channel, OutboxEntry.refresh(child, clock.instant()));
                        });
            }
        }
    }

    /** Shortens the messages of a composite alarm's children, because the composite alarm's message has the details. */
    private void foldChildren(String channel, AlarmRecord alarm, String ts) {
        StateChange change = alarm.change();
        if (change.kind() instanceof Composite composite && !alarm.episode().isOver()) {
            for (String child : composite.childKeys(change.alarm())) {
                table.find(channel, child)
                        .filter(found -> !found.episode().isOver()
                                && found.messageState().messageTs().isPresent()
                                && found.messageState().parentTs().isEmpty())
                        .ifPresent(found -> {
                            table.saveMessageState(
                                    channel,
                                    found.episode(),
                                    found.messageState().foldedUnder(ts));
                            table.addEntry(channel, OutboxEntry.refresh(child, clock.instant()));
                        });
            }
        }
    }
}
