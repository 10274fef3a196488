package io.reverser.bench.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockOffsetsTest {

    private static final Instant BEGIN = Instant.parse("2026-11-25T07:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private final ClockOffsets clockOffsets = new ClockOffsets();

    @Test
    void convertsTimesBeforeAndAfterAMove() {
        clockOffsets.recordMove(BEGIN, Duration.ZERO);
        clockOffsets.recordMove(BEGIN.plusSeconds(60), WEEK);
        assertThat(clockOffsets.fromWall(BEGIN.plusSeconds(59)).simulated()).isEqualTo(BEGIN.plusSeconds(59));
        assertThat(clockOffsets.fromWall(BEGIN.plusSeconds(61)).simulated())
                .isEqualTo(BEGIN.plusSeconds(61).plus(WEEK));
        assertThat(clockOffsets.fromSimulated(BEGIN.plusSeconds(59)).wall()).isEqualTo(BEGIN.plusSeconds(59));
        assertThat(clockOffsets.fromSimulated(BEGIN.plusSeconds(61).plus(WEEK)).wall())
                .isEqualTo(BEGIN.plusSeconds(61));
    }

    @Test
    void mapsASkippedTimeToTheMomentOfTheMove() {
        clockOffsets.recordMove(BEGIN, Duration.ZERO);
        clockOffsets.recordMove(BEGIN.plusSeconds(60), WEEK);
        assertThat(clockOffsets.fromSimulated(BEGIN.plus(Duration.ofDays(3))).wall())
                .isEqualTo(BEGIN.plusSeconds(60));
    }
}
