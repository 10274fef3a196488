package io.reverser.bench.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClocksTest {

    private static final Instant BEGIN = Instant.parse("2026-11-25T07:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private final Clocks clocks = new Clocks();

    @Test
    void tellsBothTimesOfWhatWasBeforeAndAfterAMove() {
        clocks.moved(BEGIN, Duration.ZERO);
        clocks.moved(BEGIN.plusSeconds(60), WEEK);
        assertThat(clocks.wall(BEGIN.plusSeconds(59)).simulated()).isEqualTo(BEGIN.plusSeconds(59));
        assertThat(clocks.wall(BEGIN.plusSeconds(61)).simulated())
                .isEqualTo(BEGIN.plusSeconds(61).plus(WEEK));
        assertThat(clocks.simulated(BEGIN.plusSeconds(59)).wall()).isEqualTo(BEGIN.plusSeconds(59));
        assertThat(clocks.simulated(BEGIN.plusSeconds(61).plus(WEEK)).wall()).isEqualTo(BEGIN.plusSeconds(61));
    }

    @Test
    void takesWhatWasJumpedOverForTheMomentOfTheMove() {
        clocks.moved(BEGIN, Duration.ZERO);
        clocks.moved(BEGIN.plusSeconds(60), WEEK);
        assertThat(clocks.simulated(BEGIN.plus(Duration.ofDays(3))).wall()).isEqualTo(BEGIN.plusSeconds(60));
    }
}
