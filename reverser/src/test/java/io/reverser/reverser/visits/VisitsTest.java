package io.reverser.reverser.visits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VisitsTest {

    private static final long SEED = 160;
    private static final int CASES = 10_000;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aSingleVisitIsTheFirstAndTheLast() {
        assertThat(Visits.single(NOON.toEpochMilli())).isEqualTo(Visits.of(1, NOON, NOON));
    }

    @Test
    void countsAddUpAndTimesSpread() {
        var earlier = Visits.of(2, NOON, NOON.plusSeconds(10));
        var later = Visits.of(3, NOON.plusSeconds(20), NOON.plusSeconds(30));
        assertThat(earlier.plus(later)).isEqualTo(Visits.of(5, NOON, NOON.plusSeconds(30)));
    }

    @Test
    void aClockThatJumpsBackKeepsTheTimesInOrder() {
        var before = Visits.single(NOON.toEpochMilli());
        var afterTheJump = Visits.single(NOON.minusSeconds(3600).toEpochMilli());
        assertThat(before.plus(afterTheJump)).isEqualTo(Visits.of(2, NOON.minusSeconds(3600), NOON));
    }

    @Test
    void visitsWithinOthersOnlyAddToTheCount() {
        var day = Visits.of(7, NOON, NOON.plusSeconds(86_400));
        assertThat(day.plus(Visits.single(NOON.plusSeconds(60).toEpochMilli())))
                .isEqualTo(Visits.of(8, NOON, NOON.plusSeconds(86_400)));
    }

    @Test
    void theOrderOfAddingDoesNotMatter() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < CASES; i++) {
            Visits a = visits(random);
            Visits b = visits(random);
            Visits c = visits(random);
            assertThat(a.plus(b).plus(c)).as("seed %d", SEED).isEqualTo(c.plus(b.plus(a)));
        }
    }

    private static Visits visits(SplittableRandom random) {
        Instant first = NOON.plusMillis(random.nextInt(-5, 5));
        return Visits.of(random.nextLong(1, 1L << 40), first, first.plusMillis(random.nextInt(5)));
    }
}
