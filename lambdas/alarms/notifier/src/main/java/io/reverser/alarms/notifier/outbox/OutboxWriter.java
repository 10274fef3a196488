package io.reverser.alarms.notifier.outbox;

import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.InboundNotification;
import io.reverser.alarms.notifier.outbox.OutboxEntry.Kind;
import io.reverser.alarms.routes.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;

/** Records each notification and its outbox entry in one transaction, before it is published. */
public final class OutboxWriter {

    private static final int MAX_ATTEMPTS = 8;

    private final AlarmTable table;
    private final Duration reopenWindow;
    private final InstantSource clock;

    public OutboxWriter(AlarmTable table, Duration reopenWindow, InstantSource clock) {
        this.table = table;
        this.reopenWindow = reopenWindow;
        this.clock = clock;
    }

    /**
     * A reference to the outbox entry of a notification.
     *
     * @param isDuplicate whether the notification was recorded before
     */
    public record OutboxRef(String channel, String entryId, boolean isDuplicate) {}

    /**
     * Records a notification for the channel of a route.
     *
     * @param explanation why the notification goes to another channel than that of its route; empty if it does not
     */
    public OutboxRef record(InboundNotification inbound, Route route, Optional<String> explanation) {
        String channel = route.channel();
        String id = OutboxEntry.idFor(inbound.payload());
        if (!(inbound.notification() instanceof StateChange change)) {
            boolean isNew = table.writeOnce(channel, newEntry(inbound, Kind.NEW_MESSAGE, false, explanation));
            return new OutboxRef(channel, id, !isNew);
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<AlarmRecord> before = table.find(channel, change.alarm().key());
            EpisodeTransition transition = transition(channel, before, change);
            if (transition instanceof EpisodeTransition.Duplicate
                    || write(inbound, channel, before, transition, explanation)) {
                return new OutboxRef(channel, id, transition instanceof EpisodeTransition.Duplicate);
            }
        }
        throw new ConcurrentModificationException(
                "Too many concurrent changes of %s".formatted(change.alarm().name()));
    }

    /**
     * An episode continues until its resolution is published: a change that is recorded before does not open another
     * episode.
     */
    private EpisodeTransition transition(String channel, Optional<AlarmRecord> before, StateChange change) {
        EpisodeTransition transition = EpisodeTransition.of(before.map(AlarmRecord::episode), change, reopenWindow);
        return transition instanceof EpisodeTransition.Opened
                        && before.filter(alarm -> isUnpublished(channel, alarm)).isPresent()
                ? new EpisodeTransition.Updated(before.orElseThrow().episode().with(change))
                : transition;
    }

    private boolean isUnpublished(String channel, AlarmRecord alarm) {
        return table.isPending(channel, OutboxEntry.idFor(alarm.payload()));
    }

    private boolean write(
            InboundNotification inbound,
            String channel,
            Optional<AlarmRecord> before,
            EpisodeTransition transition,
            Optional<String> explanation) {
        long version = before.map(AlarmRecord::version).orElse(0L) + 1;
        MessageState messageState = before.map(alarm -> alarm.messageState().forNewEpisode(clock.instant()))
                .orElse(MessageState.NOT_POSTED);
        InboundNotification toPublish = messageState.mute().isEmpty() ? inbound : inbound.withMentions(List.of());
        return switch (transition) {
            case EpisodeTransition.Opened(Episode episode) ->
                table.write(
                        channel,
                        new AlarmRecord(episode, inbound.payload(), inbound.tags(), messageState, version),
                        Optional.of(newEntry(toPublish, Kind.NEW_MESSAGE, false, explanation)));
            case EpisodeTransition.Updated(Episode episode) -> {
                AlarmRecord old = before.orElseThrow();
                boolean firedAgain = old.episode().isOver() && !episode.isOver();
                yield table.write(
                        channel,
                        old.changedTo(episode, inbound.payload(), inbound.tags()),
                        Optional.of(newEntry(toPublish, Kind.UPDATE, firedAgain, explanation)));
            }
            case EpisodeTransition.OutOfOrder(Episode episode) ->
                table.write(
                        channel,
                        before.orElseThrow().withEpisode(episode),
                        Optional.of(newEntry(toPublish, Kind.LATE_NOTE, false, explanation)));
            case EpisodeTransition.NothingFired(Episode episode) ->
                table.write(
                        channel,
                        before.map(old -> old.withEpisode(episode))
                                .orElseGet(() -> new AlarmRecord(
                                        episode, inbound.payload(), inbound.tags(), messageState, version)),
                        Optional.empty());
            case EpisodeTransition.Duplicate duplicate -> true;
        };
    }

    private OutboxEntry newEntry(
            InboundNotification inbound, Kind kind, boolean firedAgain, Optional<String> explanation) {
        return new OutboxEntry(
                OutboxEntry.idFor(inbound.payload()),
                kind,
                inbound.alarmKey(),
                inbound.payload(),
                inbound.tags(),
                firedAgain,
                inbound.mentions(),
                clock.instant(),
                explanation);
    }
}
