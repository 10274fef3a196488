package io.reverser.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Step.Begin;
import io.reverser.alarms.Step.Continue;
import io.reverser.alarms.Step.Known;
import io.reverser.alarms.Step.Late;
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

class StepTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final List<AlarmState> STATES = List.of(AlarmState.values());
    private static final Duration REOPENS = Duration.ofMinutes(30);

    @Test
    void isOneMessageFromTheFirstRingToTheEndAndWhenItRingsAgainSoon() {
        Episode rung = episode(step(Optional.empty(), change(0, AlarmState.ALARM)), Begin.class);
        Episode over = episode(step(Optional.of(rung), change(5, AlarmState.OK)), Continue.class);
        assertThat(over.isOver()).isTrue();
        Episode again = episode(step(Optional.of(over), change(35, AlarmState.ALARM)), Continue.class);
        assertThat(again.opened()).isEqualTo(START);
        assertThat(again.rings()).isEqualTo(2);
        assertThat(again.since()).isEqualTo(START.plus(Duration.ofMinutes(35)));
    }

    @Test
    void isAnotherMessageWhenItRingsAgainLater() {
        Episode over = after(change(0, AlarmState.ALARM), change(5, AlarmState.OK));
        Episode next = episode(step(Optional.of(over), change(36, AlarmState.ALARM)), Begin.class);
        assertThat(next.rings()).isEqualTo(1);
    }

    /** Without an end, hours mean nothing: it is still the same trouble. */
    @Test
    void isTheSameMessageForAsLongAsItIsNotOver() {
        Episode rung = after(change(0, AlarmState.ALARM), change(600, AlarmState.INSUFFICIENT_DATA));
        Episode again = episode(step(Optional.of(rung), change(1200, AlarmState.ALARM)), Continue.class);
        assertThat(again.rings()).isEqualTo(2);
    }

    @Test
    void tellsWhatIsDeliveredTwiceOnce() {
        Episode over = after(change(0, AlarmState.ALARM), change(5, AlarmState.OK));
        assertThat(step(Optional.of(over), change(0, AlarmState.ALARM))).isInstanceOf(Known.class);
        assertThat(step(Optional.of(over), change(5, AlarmState.OK))).isInstanceOf(Known.class);
    }

    /** OK arrives before the ring that it ends: the message stays what is true now. */
    @Test
    void doesNotRingForWhatIsOverAlready() {
        Episode over = episode(step(Optional.empty(), change(5, AlarmState.OK)), Begin.class);
        Episode late = episode(step(Optional.of(over), change(0, AlarmState.ALARM)), Late.class);
        assertThat(late.state()).isEqualTo(AlarmState.OK);
        assertThat(late.since()).isEqualTo(START.plus(Duration.ofMinutes(5)));
        assertThat(late.rings()).isEqualTo(1);
        assertThat(step(Optional.of(late), change(0, AlarmState.ALARM))).isInstanceOf(Known.class);
    }

    @Test
    void countsNoRingOfTheEpisodeBefore() {
        Episode before = after(change(1, AlarmState.OK));
        Episode now = episode(step(Optional.of(before), change(60, AlarmState.ALARM)), Begin.class);
        Episode late = episode(step(Optional.of(now), change(0, AlarmState.ALARM)), Late.class);
        assertThat(late.rings()).isEqualTo(1);
    }

    /** What nobody could be told of is news when it comes again, and rang once. */
    @Test
    void countsARingOnceThatWasForgottenMeanwhile() {
        Change ring = change(0, AlarmState.ALARM);
        Episode forgotten = episode(step(Optional.empty(), ring), Begin.class).without(ring);
        assertThat(episode(step(Optional.of(forgotten), ring), Continue.class).rings())
                .isEqualTo(1);
        assertThat(forgotten.without(ring)).isEqualTo(forgotten);
    }

    @Test
    void remembersNoMoreThanFitsIntoARecord() {
        List<Change> flapping = new ArrayList<>();
        for (int minute = 0; minute < 300; minute++) {
            flapping.add(change(minute, minute % 2 == 0 ? AlarmState.ALARM : AlarmState.OK));
        }
        Episode episode = after(flapping.toArray(Change[]::new));
        assertThat(episode.rings()).isEqualTo(150);
        assertThat(episode.told())
                .hasSize(50)
                .last()
                .isEqualTo(flapping.getLast().key());
    }

    /** However they are shuffled and repeated: in the end the message says the newest, and each was told once. */
    @RepeatedTest(200)
    void saysTheNewestInTheEnd(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        List<Change> changes = new ArrayList<>();
        for (int minute = 0; minute < 12; minute++) {
            changes.add(change(minute, STATES.get(random.nextInt(STATES.size()))));
        }
        List<Change> delivered = new ArrayList<>(changes);
        delivered.addAll(changes.subList(0, random.nextInt(12)));
        Collections.shuffle(delivered, random);
        Optional<Episode> present = Optional.empty();
        int told = 0;
        for (Change change : delivered) {
            Step step = step(present, change);
            switch (step) {
                case Known known -> assertThat(present).isPresent();
                case Begin begin -> {
                    present = Optional.of(begin.episode());
                    told++;
                }
                case Continue more -> {
                    present = Optional.of(more.episode());
                    told++;
                }
                case Late late -> {
                    present = Optional.of(late.episode());
                    told++;
                }
            }
        }
        assertThat(told).isEqualTo(12);
        assertThat(present.orElseThrow().state()).isEqualTo(changes.getLast().state());
        assertThat(present.orElseThrow().since()).isEqualTo(changes.getLast().at());
    }

    private static Step step(Optional<Episode> present, Change change) {
        return Step.of(present, change, REOPENS);
    }

    private static Episode after(Change... changes) {
        Optional<Episode> present = Optional.empty();
        for (Change change : changes) {
            present = Optional.of(
                    switch (step(present, change)) {
                        case Begin begin -> begin.episode();
                        case Continue more -> more.episode();
                        case Late late -> late.episode();
                        case Known known -> present.orElseThrow();
                    });
        }
        return present.orElseThrow();
    }

    private static Episode episode(Step step, Class<? extends Step> expected) {
        assertThat(step).isInstanceOf(expected);
        return switch (step) {
            case Begin begin -> begin.episode();
            case Continue more -> more.episode();
            case Late late -> late.episode();
            case Known known -> throw new AssertionError(known);
        };
    }

    private static Change change(int minute, AlarmState state) {
        return new Change(
                AlarmId.of("arn:aws:cloudwatch:eu-central-1:111122223333:alarm:a")
                        .orElseThrow(),
                state,
                Optional.empty(),
                START.plus(Duration.ofMinutes(minute)),
                "",
                Optional.empty(),
                Map.of(),
                new Watched.Unsaid(),
                Optional.empty(),
                Optional.empty());
    }
}
