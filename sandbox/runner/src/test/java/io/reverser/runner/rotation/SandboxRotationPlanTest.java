package io.reverser.runner.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.plan.Strategy;
import io.reverser.rotation.plan.WindowStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxRotationPlanTest {

    private static final Instant MONDAY = Instant.parse("2026-11-23T00:30:00Z");
    private static final Duration PLAYED = Duration.ofDays(2);

    @Test
    void opensNoWindowByChanceAtAnyHourOfTheWeek(@TempDir Path home) {
        assertThat(IntStream.range(0, 7 * 24).mapToObj(hour -> MONDAY.plus(Duration.ofHours(hour))))
                .allSatisfy(start -> {
                    var windows = SandboxRotationPlan.write(home.resolve("rotation.json"), Strategy.SINGLE_USER, start)
                            .windows();
                    assertThat(windows.statusAt(start)).isInstanceOf(WindowStatus.Closed.class);
                    assertThat(windows.nextOpen(start, 1))
                            .singleElement()
                            .satisfies(next -> assertThat(next.start())
                                    .isBetween(start.plus(PLAYED), start.plus(PLAYED.multipliedBy(2))));
                });
    }
}
