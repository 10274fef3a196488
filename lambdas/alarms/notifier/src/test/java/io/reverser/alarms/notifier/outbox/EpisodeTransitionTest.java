package io.reverser.alarms.notifier.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.alarms.notifier.event.AlarmId;
import io.reverser.alarms.notifier.event.AlarmKind;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmState;
import io.reverser.alarms.notifier.outbox.EpisodeTransition.Duplicate;
import io.reverser.alarms.notifier.outbox.EpisodeTransition.NothingFired;
import io.reverser.alarms.notifier.outbox.EpisodeTransition.Opened;
import io.reverser.alarms.notifier.outbox.EpisodeTransition.OutOfOrder;
import io.reverser.alarms.notifier.outbox.EpisodeTransition.Updated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EpisodeTransitionTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final List<AlarmState> STATES = List.of(AlarmState.values());
    private static final Duration REOPEN_WINDOW = Duration.ofMinutes(30);

    @Test
    void reopensAnEpisodeWithinTheReopenWindow() {
        Episode firing = episode(transition(Optional.empty(), change(0, AlarmState.ALARM)), Opened.class);
        Episode over = episode(transition(Optional.of(firing), change(5, AlarmState.OK)), Updated.class);
        assertThat(over.isOver()).isTrue();
        Episode again = episode(transition(Optional.of(over), change(35, AlarmState.ALARM)), Updated.class);
        assertThat(again.startedAt()).isEqualTo(START);
        assertThat(again.timesFired()).isEqualTo(2);
        assertThat(again.since()).isEqualTo(START.plus(Duration.ofMinutes(35)));
    }

    @Test
    void opensAnEpisodeAfterTheReopenWindow() {
        Episode over = after(change(0, AlarmState.ALARM), change(5, AlarmState.OK));
        Episode next = episode(transition(Optional.of(over), change(36, AlarmState.ALARM)), Opened.class);
        assertThat(next.timesFired()).isEqualTo(1);
    }

    /** An episode does not end before its alarm is resolved, however long that takes. */
    @Test
    void updatesAnEpisodeUntilItIsResolved() {
        Episode firing = after(change(0, AlarmState.ALARM), change(600, AlarmState.INSUFFICIENT_DATA));
        Episode again = episode(transition(Optional.of(firing), change(1200, AlarmState.ALARM)), Updated.class);
        assertThat(again.timesFired()).isEqualTo(2);
    }

    @Test
    void ignoresDuplicates() {
        Episode over = after(change(0, AlarmState.ALARM), change(5, AlarmState.OK));
        assertThat(transition(Optional.of(over), change(0, AlarmState.ALARM))).isInstanceOf(Duplicate.class);
        assertThat(transition(Optional.of(over), change(5, AlarmState.OK))).isInstanceOf(Duplicate.class);
    }

    /** OK arrives before the ALARM that it resolves: the message keeps the latest state. */
    @Test
    void keepsTheStateOnAnOutOfOrderChange() {
        Episode over = episode(transition(Optional.empty(), change(5, AlarmState.OK)), Opened.class);
        Episode late = episode(transition(Optional.of(over), change(0, AlarmState.ALARM)), OutOfOrder.class);
        assertThat(late.state()).isEqualTo(AlarmState.OK);
        assertThat(late.since()).isEqualTo(START.plus(Duration.ofMinutes(5)));
        assertThat(late.timesFired()).isEqualTo(1);
        assertThat(transition(Optional.of(late), change(0, AlarmState.ALARM))).isInstanceOf(Duplicate.class);
    }

    /** A new alarm gets its first data: nothing is wrong, and nothing was. */
    @Test
    void doesNotOpenAnEpisodeForFirstData() {
        Episode quiet = episode(transition(Optional.empty(), firstData(0)), NothingFired.class);
        assertThat(episode(transition(Optional.of(quiet), firstData(1)), NothingFired.class)
                        .timesFired())
                .isZero();
        assertThat(transition(Optional.of(quiet), firstData(0))).isInstanceOf(Duplicate.class);
    }

    /** An alarm without a previous state may have fired: its resolution is posted, even if it arrives first. */
    @Test
    void opensAnEpisodeForTheResolutionOfAnUnknownAlarm() {
        assertThat(transition(Optional.empty(), change(0, AlarmState.OK))).isInstanceOf(Opened.class);
        assertThat(transition(Optional.empty(), change(0, AlarmState.OK, Optional.of(AlarmState.ALARM))))
                .isInstanceOf(Opened.class);
    }

    @Test
    void opensAnEpisodeWhenAnAlarmFiresSoonAfterItsFirstData() {
        Episode quiet = episode(transition(Optional.empty(), firstData(0)), NothingFired.class);
        Episode firing = episode(transition(Optional.of(quiet), change(1, AlarmState.ALARM)), Opened.class);
        assertThat(firing.timesFired()).isEqualTo(1);
    }

    /** A firing alarm loses its data and gets it back: its message says that the alarm is resolved. */
    @Test
    void resolvesAnEpisodeWithFirstData() {
        Episode firing = after(change(0, AlarmState.ALARM));
        assertThat(episode(transition(Optional.of(firing), firstData(5)), Updated.class)
                        .isOver())
                .isTrue();
    }

    @Test
    void recordsAFiringThatArrivesAfterLaterFirstData() {
        Episode quiet = episode(transition(Optional.empty(), firstData(5)), NothingFired.class);
        Episode late = episode(transition(Optional.of(quiet), change(0, AlarmState.ALARM)), OutOfOrder.class);
        assertThat(late.timesFired()).isEqualTo(1);
        assertThat(late.state()).isEqualTo(AlarmState.OK);
    }

    @Test
    void doesNotCountFiringsOfThePreviousEpisode() {
        Episode before = after(change(1, AlarmState.OK));
        Episode now = episode(transition(Optional.of(before), change(60, AlarmState.ALARM)), Opened.class);
        Episode late = episode(transition(Optional.of(now), change(0, AlarmState.ALARM)), OutOfOrder.class);
        assertThat(late.timesFired()).isEqualTo(1);
    }

    /** A change that could not be published is not a duplicate when it is redriven. */
    @Test
    void countsARedrivenChangeOnce() {
        StateChange firing = change(0, AlarmState.ALARM);
        Episode removed =
                episode(transition(Optional.empty(), firing), Opened.class).without(firing);
        assertThat(episode(transition(Optional.of(removed), firing), Updated.class)
                        .timesFired())
                .isEqualTo(1);
        assertThat(removed.without(firing)).isEqualTo(removed);
    }

    @Test
    void limitsTheNumberOfChangeKeys() {
        List<StateChange> flapping = new ArrayList<>();
        for (int minute = 0; minute < 300; minute++) {
            flapping.add(change(minute, minute % 2 == 0 ? AlarmState.ALARM : AlarmState.OK));
        }
        Episode episode = after(flapping.toArray(StateChange[]::new));
        assertThat(episode.timesFired()).isEqualTo(150);
        assertThat(episode.changeKeys())
                .hasSize(50)
                .last()
                .isEqualTo(flapping.getLast().key());
    }

    /** Changes are shuffled and repeated; each is published once. */
    @RepeatedTest(200)
    void endsWithTheLatestStateInAnyOrder(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        List<StateChange> changes = new ArrayList<>();
        for (int minute = 0; minute < 12; minute++) {
            changes.add(change(minute, STATES.get(random.nextInt(STATES.size()))));
        }
        List<StateChange> delivered = new ArrayList<>(changes);
        delivered.addAll(changes.subList(0, random.nextInt(12)));
        Collections.shuffle(delivered, random);
        Optional<Episode> present = Optional.empty();
        int published = 0;
        for (StateChange change : delivered) {
            EpisodeTransition transition = transition(present, change);
            switch (transition) {
                case Duplicate duplicate -> assertThat(present).isPresent();
                case Opened opened -> {
                    present = Optional.of(opened.episode());
                    published++;
                }
                case NothingFired quiet -> throw new AssertionError(quiet);
                case Updated updated -> {
                    present = Optional.of(updated.episode());
                    published++;
                }
                case OutOfOrder outOfOrder -> {
                    present = Optional.of(outOfOrder.episode());
                    published++;
                }
            }
        }
        assertThat(published).isEqualTo(12);
        assertThat(present.orElseThrow().state()).isEqualTo(changes.getLast().state());
        assertThat(present.orElseThrow().since()).isEqualTo(changes.getLast().at());
    }

    private static EpisodeTransition transition(Optional<Episode> present, StateChange change) {
        return EpisodeTransition.of(present, change, REOPEN_WINDOW);
    }

    private static Episode after(StateChange... changes) {
        Optional<Episode> present = Optional.empty();
        for (StateChange change : changes) {
            present = Optional.of(
                    switch (transition(present, change)) {
                        case Opened opened -> opened.episode();
                        case Updated updated -> updated.episode();
                        case OutOfOrder outOfOrder -> outOfOrder.episode();
                        case NothingFired quiet -> quiet.episode();
                        case Duplicate duplicate -> present.orElseThrow();
                    });
        }
        return present.orElseThrow();
    }

    private static Episode episode(EpisodeTransition transition, Class<? extends EpisodeTransition> expected) {
        assertThat(transition).isInstanceOf(expected);
        return switch (transition) {
            case Opened opened -> opened.episode();
            case Updated updated -> updated.episode();
            case OutOfOrder outOfOrder -> outOfOrder.episode();
            case NothingFired quiet -> quiet.episode();
            case Duplicate duplicate -> throw new AssertionError(duplicate);
        };
    }

    private static StateChange firstData(int minute) {
        return change(minute, AlarmState.OK, Optional.of(AlarmState.INSUFFICIENT_DATA));
    }

    private static StateChange change(int minute, AlarmState state) {
        return change(minute, state, Optional.empty());
    }

    private static StateChange change(int minute, AlarmState state, Optional<AlarmState> previous) {
        return new StateChange(
                AlarmId.parse("arn:aws:cloudwatch:eu-central-1:111122223333:alarm:a")
                        .orElseThrow(),
                state,
                previous,
                START.plus(Duration.ofMinutes(minute)),
                "",
                Optional.empty(),
                Map.of(),
                new AlarmKind.Unspecified(),
                Optional.empty(),
                Optional.empty());
    }
}
