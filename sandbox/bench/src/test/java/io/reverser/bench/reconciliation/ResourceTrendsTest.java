package io.reverser.bench.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.reconciliation.ResourceTrends.Sample;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResourceTrendsTest {

    private static final DualTimestamp NOW = new DualTimestamp(Instant.EPOCH, Instant.EPOCH);
    private static final int MINUTES = 20;

    @Test
    void acceptsAProcessThatWarmsUpAndStaysStable() {
        assertThat(trends(minute -> minute < 4 ? 100 : 200, minute -> 20, minute -> 8)
                        .discrepancies(NOW))
                .isEmpty();
    }

    @Test
    void reportsGrowingMemory() {
        assertThat(trends(minute -> 100 + 5 * minute, minute -> 20, minute -> 8).discrepancies(NOW))
                .singleElement()
                .asString()
                .contains("Memory grows: some, from");
    }

    @Test
    void reportsLeakingThreadsAndSockets() {
        assertThat(trends(minute -> 100, minute -> 20 + 2 * minute, minute -> 8).discrepancies(NOW))
                .singleElement()
                .asString()
                .contains("Threads leak");
        assertThat(trends(minute -> 100, minute -> 20, minute -> 8 + 2 * minute).discrepancies(NOW))
                .singleElement()
                .asString()
                .contains("Sockets leak");
    }

    /** A process that runs only occasionally may not have run in the second quarter of the soak. */
    @Test
    void skipsAProcessThatStartedLate() {
        List<Sample> samples = Stream.concat(
                        trends(minute -> 100, minute -> 20, minute -> 8).samples().stream(),
                        Stream.of(new Sample(Instant.EPOCH.plusSeconds(60L * MINUTES), "other", 150, 30, 20)))
                .toList();
        assertThat(new ResourceTrends(samples).discrepancies(NOW)).isEmpty();
    }

    @Test
    void skipsGrowthInAShortRun() {
        var samples = trends(minute -> 100 + 50 * minute, minute -> 20, minute -> 8)
                .samples()
                .subList(0, 8);
        assertThat(new ResourceTrends(samples).discrepancies(NOW)).isEmpty();
        assertThat(new ResourceTrends(samples).isLongEnough()).isFalse();
    }

    private static ResourceTrends trends(
            IntToDoubleFunction memory, IntToDoubleFunction threads, IntToDoubleFunction sockets) {
        List<Sample> samples = IntStream.rangeClosed(0, MINUTES)
                .mapToObj(minute -> new Sample(
                        Instant.EPOCH.plusSeconds(60L * minute),
                        "some",
                        memory.applyAsDouble(minute),
                        threads.applyAsDouble(minute),
                        sockets.applyAsDouble(minute)))
                .toList();
        return new ResourceTrends(samples);
    }
}
