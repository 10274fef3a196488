package io.reverser.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.soak.Script.Day;
import io.reverser.bench.soak.Script.Timed;
import io.reverser.bench.soak.Trouble.DatabaseIsCut;
import io.reverser.bench.soak.Trouble.DatabaseRestarts;
import io.reverser.bench.soak.Trouble.PodDies;
import io.reverser.bench.soak.Work.Ask;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final Script SCRIPT = Script.of(42, 30);

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(Script.of(42, 30)).isEqualTo(SCRIPT);
        assertThat(Script.of(43, 30)).isNotEqualTo(SCRIPT);
    }

    /** What a longer soak begins with is what a shorter one does. */
    @Test
    void beginsAlikeHoweverLongItIs() {
        assertThat(SCRIPT.days()).startsWith(Script.of(42, 3).days().toArray(Day[]::new));
    }

    @Test
    void makesEachKindOfTroubleAndOfWork() {
        assertThat(SCRIPT.days().stream()
                        .flatMap(day -> day.troubles().stream())
                        .map(timed -> timed.what().kind().replaceFirst(":.*", "")))
                .contains(
                        "DynamoDB",
                        "EKS",
                        "Scheduler",
                        "SecretsManager",
                        "Sqs",
                        "CloudWatch",
                        "Kubernetes",
                        "Slack",
                        "killed",
                        "database");
        assertThat(SCRIPT.days().stream()
                        .flatMap(day -> day.work().stream())
                        .map(timed -> timed.what().kind())
                        .collect(Collectors.toSet()))
                .contains("rotation: by hand", "alarm: storm", "alarm: flaps", "alarm: rings", "alarm: ends")
                .hasSize(5 + Work.Course.values().length);
        assertThat(SCRIPT.days()).filteredOn(Day::isWindow).hasSizeBetween(5, 10);
        assertThat(SCRIPT.days()).anySatisfy(day -> assertThat(day.evening()).isNotEmpty());
    }

    @Test
    void leavesCalmBetweenTroubles() {
        for (Day day : SCRIPT.days()) {
            for (int i = 1; i < day.troubles().size(); i++) {
                Timed<Trouble> before = day.troubles().get(i - 1);
                Duration calm = day.troubles()
                        .get(i)
                        .at()
                        .minus(before.at())
                        .minus(before.what().lasting());
                assertThat(calm).isGreaterThan(Duration.ofMillis(250));
            }
        }
    }

    /** Its visits would go with it, and nobody promised otherwise. */
    @Test
    void killsNoPodAfterTheDatabaseWasAway() {
        for (Day day : SCRIPT.days()) {
            List<Trouble> troubles = day.troubles().stream().map(Timed::what).toList();
            boolean wasAway = false;
            for (Trouble trouble : troubles) {
                wasAway |= trouble instanceof DatabaseIsCut || trouble instanceof DatabaseRestarts;
                assertThat(wasAway && trouble instanceof PodDies).isFalse();
            }
        }
    }

    /** One that an alarm meets at its very beginning is refused, and there is one attempt in each window. */
    @Test
    void letsNoAlarmRingWhenARotationBegins() {
        for (Day day : SCRIPT.days()) {
            assertThat(day.work())
                    .filteredOn(work -> day.isWindow()
                            && (work.what() instanceof Work.SetAlarm || work.what() instanceof Work.Flap))
                    .allSatisfy(work -> assertThat(work.at()).isGreaterThan(Duration.ofSeconds(8)));
        }
    }

    /** Somebody who has access to a cluster cannot ask for it again. */
    @Test
    void asksForNothingMoreOnceAccessLasts() {
        for (Day day : SCRIPT.days()) {
            day.work().stream()
                    .flatMap(work -> work.what() instanceof Ask ask
                            ? java.util.stream.Stream.of(ask)
                            : java.util.stream.Stream.empty())
                    .collect(Collectors.groupingBy(ask -> ask.who() + ask.cluster()))
                    .values()
                    .forEach(own -> assertThat(own.subList(0, own.size() - 1))
                            .noneMatch(ask -> ask.course().isLast()));
        }
    }
}
