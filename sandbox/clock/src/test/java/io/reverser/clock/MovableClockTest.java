package io.reverser.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovableClockTest {

    @TempDir
    private Path folder;

    @Test
    void movesInAllProcessesThatShareTheFile() {
        Path file = folder.resolve("clock");
        var one = new MovableClock(file);
        var other = new MovableClock(file);
        one.move(Duration.ofHours(1));
        other.move(Duration.ofMinutes(-30));
        assertThat(Duration.between(Instant.now(), one.instant()))
                .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(30).plusSeconds(5));
    }

    @Test
    void standsStillWhilePausedAndResumesFromThere() throws InterruptedException {
        var clock = new MovableClock(folder.resolve("clock"));
        clock.move(Duration.ofHours(-1));
        clock.pause();
        Instant paused = clock.instant();
        Thread.sleep(20);
        assertThat(clock.instant()).isEqualTo(paused);
        clock.move(Duration.ofSeconds(2));
        clock.pause();
        assertThat(clock.instant()).isEqualTo(paused.plusSeconds(2));
        clock.resume();
        assertThat(clock.instant()).isBetween(paused.plusSeconds(2), paused.plusSeconds(7));
        Thread.sleep(20);
        assertThat(clock.instant()).isAfter(paused.plusSeconds(2));
    }

    @Test
    void notifiesListeners() {
        var clock = new MovableClock(folder.resolve("clock"));
        var calls = new AtomicInteger();
        clock.onMove(calls::incrementAndGet);
        clock.move(Duration.ofSeconds(1));
        assertThat(calls).hasValue(1);
    }
}
