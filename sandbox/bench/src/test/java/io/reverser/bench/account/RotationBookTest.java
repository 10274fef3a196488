package io.reverser.bench.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.account.RotationBook.AtTheEnd;
import io.reverser.bench.account.RotationBook.Rotation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotationBookTest {

    private static final Instant NOW = Instant.parse("2026-12-06T01:00:01Z");
    private static final Rotation DONE = new Rotation("one", NOW, Optional.of("DROPPED"));
    private static final Rotation BACK = new Rotation("two", NOW.plusSeconds(60), Optional.of("UNDONE"));
    private static final List<String> STORY = List.of("The password has changed", "The password is as before");
    private static final AtTheEnd FINE = new AtTheEnd(true, true, false, List.of(), 0);

    @Test
    void findsNothingWhereEachIsOverOrTakenBack() {
        assertThat(losses(2, List.of(DONE, BACK), STORY, FINE)).isEmpty();
    }

    @Test
    void findsOneThatHasNoEnd() {
        assertThat(losses(1, List.of(new Rotation("one", NOW, Optional.empty())), STORY, FINE))
                .singleElement()
                .asString()
                .contains("Rotation lost: one began and has no end", "2026-12-06 01:00:01");
    }

    @Test
    void findsOneThatNeverBegan() {
        assertThat(losses(3, List.of(DONE, BACK), STORY, FINE))
                .singleElement()
                .asString()
                .contains("2 of 3 began");
    }

    @Test
    void findsOneThatNobodyWasTold() {
        assertThat(losses(2, List.of(DONE, BACK), STORY.subList(0, 1), FINE))
                .singleElement()
                .asString()
                .contains("0 of 1 as taken back");
    }

    @Test
    void findsEachThingThatIsNotAsItShouldBeAtTheEnd() {
        var wrong = new AtTheEnd(false, true, true, List.of("pod-1"), 4);
        assertThat(losses(1, List.of(DONE), STORY, wrong).stream().map(Loss::what))
                .containsExactly(
                        "Password lost: the database does not let in what AWSCURRENT says",
                        "The database still lets in what AWSPREVIOUS says",
                        "AWSPENDING was left on a version",
                        "pod-1 has another login than AWSCURRENT",
                        "Pods were not let in by the database 4 times");
    }

    private static List<Loss> losses(int wanted, List<Rotation> rotations, List<String> story, AtTheEnd end) {
        return new RotationBook(wanted, rotations, story, end).losses(new Clocks(), new Moment(NOW, NOW));
    }
}
