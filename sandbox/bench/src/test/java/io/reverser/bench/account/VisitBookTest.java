package io.reverser.bench.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.account.VisitBook.Death;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisitBookTest {

    private static final Moment NOW = new Moment(Instant.EPOCH, Instant.EPOCH);

    @Test
    void findsNothingWhereEachAnswerIsAVisit() {
        assertThat(book(Map.of("a", 3L), Map.of("a", 3L)).losses(NOW)).isEmpty();
    }

    @Test
    void findsVisitsThatAreNotInTheDatabase() {
        assertThat(book(Map.of("a", 3L, "b", 2L), Map.of("a", 3L)).losses(NOW))
                .singleElement()
                .asString()
                .contains("2 answered requests are not in the database");
    }

    @Test
    void findsVisitsThatNobodyMade() {
        assertThat(book(Map.of("a", 3L), Map.of("a", 4L)).losses(NOW))
                .singleElement()
                .asString()
                .contains("a came at most 3 times and has 4");
    }

    /** A request that was cut off may have been counted before. */
    @Test
    void allowsARequestThatWasNotAnsweredToBeAVisit() {
        var book = new VisitBook(Map.of("a", 3L), Map.of("a", 1L), Map.of("a", 4L), List.of(), Map.of());
        assertThat(book.losses(NOW)).isEmpty();
    }

    @Test
    void allowsAKilledPodToTakeNoMoreThanItHadNotStored() {
        var death = new Death("pod", NOW, 90, 95, 100);
        assertThat(lost(5, death).losses(NOW)).isEmpty();
        assertThat(lost(6, death).losses(NOW)).singleElement().asString().contains("killed pods explain at most 5");
    }

    @Test
    void findsAPodThatDidNotStoreInTime() {
        assertThat(lost(10, new Death("pod", NOW, 91, 90, 100)).losses(NOW))
                .singleElement()
                .asString()
                .contains("pod had answered 91 requests two seconds before it was killed and stored 90");
    }

    @Test
    void findsWhatAStoppedPodSaysThatItLost() {
        var book = new VisitBook(Map.of(), Map.of(), Map.of(), List.of(), Map.of("Stopped with the visits of 3", NOW));
        assertThat(book.losses(NOW)).singleElement().asString().contains("Stopped with the visits of 3");
    }

    private static VisitBook lost(long visits, Death death) {
        return new VisitBook(Map.of("a", 100L), Map.of(), Map.of("a", 100 - visits), List.of(death), Map.of());
    }

    private static VisitBook book(Map<String, Long> answered, Map<String, Long> stored) {
        return new VisitBook(answered, Map.of(), stored, List.of(), Map.of());
    }
}
