package io.reverser.alarms;

import io.reverser.alarms.Line.Kind;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.routes.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;

/** Writes down what arrives, before anybody is told. */
final class Ledger {

    private static final int TRIES = 8;

    private final AlarmTable table;
    private final Duration reopens;
    private final InstantSource clock;

    Ledger(AlarmTable table, Duration reopens, InstantSource clock) {
        this.table = table;
        this.reopens = reopens;
        this.clock = clock;
    }

    /**
     * Where something was written down.
     *
     * @param isKnown whether it was there before
     */
    record Entry(String channel, String line, boolean isKnown) {}

    /**
     * Writes it down, for the channel of a route.
     *
     * @param because why it goes there and not where it belongs
     */
    Entry enter(Arrival arrival, Route route, Optional<String> because) {
        String channel = route.channel();
        String id = Line.id(arrival.notice(), arrival.body());
        if (!(arrival.notice() instanceof Change change)) {
            boolean isNew = table.write(channel, line(arrival, Kind.BEGIN, false, because));
            return new Entry(channel, id, !isNew);
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<Kept> before = table.find(channel, change.alarm().key());
            Step step = step(channel, before, change);
            if (step instanceof Step.Known || write(arrival, channel, before, step, because)) {
                return new Entry(channel, id, step instanceof Step.Known);
            }
        }
        throw new ConcurrentModificationException(
                "Too many changes of %s at once".formatted(change.alarm().name()));
    }

    /** An episode whose end nobody was told yet is not over for anybody. */
    private Step step(String channel, Optional<Kept> before, Change change) {
        Step step = Step.of(before.map(Kept::episode), change, reopens);
        return step instanceof Step.Begin
                        && before.filter(kept -> isUntold(channel, kept)).isPresent()
                ? new Step.Continue(before.orElseThrow().episode().with(change))
                : step;
    }

    private boolean isUntold(String channel, Kept kept) {
        return table.isWaiting(channel, Line.id(kept.change(), kept.body()));
    }

    private boolean write(Arrival arrival, String channel, Optional<Kept> before, Step step, Optional<String> because) {
        long version = before.map(Kept::version).orElse(0L) + 1;
        Shown next = before.map(kept -> kept.shown().next(clock.instant())).orElse(Shown.NOTHING);
        Arrival told = next.silence().isEmpty() ? arrival : arrival.calling(List.of());
        return switch (step) {
            case Step.Begin(Episode episode) ->
                table.write(
                        channel,
                        new Kept(episode, arrival.body(), arrival.tags(), next, version),
                        Optional.of(line(told, Kind.BEGIN, false, because)));
            case Step.Continue(Episode episode) -> {
                Kept old = before.orElseThrow();
                boolean again = old.episode().isOver() && !episode.isOver();
                yield table.write(
                        channel,
                        old.now(episode, arrival.body(), arrival.tags()),
                        Optional.of(line(told, Kind.CHANGE, again, because)));
            }
            case Step.Late(Episode episode) ->
                table.write(
                        channel,
                        before.orElseThrow().with(episode),
                        Optional.of(line(told, Kind.LATE, false, because)));
            case Step.Known known -> true;
        };
    }

    private Line line(Arrival arrival, Kind kind, boolean again, Optional<String> because) {
        return new Line(
                Line.id(arrival.notice(), arrival.body()),
                kind,
                arrival.alarm(),
                arrival.body(),
                arrival.tags(),
                again,
                arrival.mentions(),
                clock.instant(),
                because);
    }
}
