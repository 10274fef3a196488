package io.reverser.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StorageCountersTest {

    private static final String METRICS = """
            # HELP reverser_visits_dropped_total Visits that were dropped because the maximum was reached
            # TYPE reverser_visits_dropped_total counter
            reverser_visits_dropped_total 12.0
            reverser_visits_flush_seconds_count{pod="a"} 3
            """;

    @Test
    void readsMetricsWithAndWithoutLabels() {
        assertThat(StorageCounters.metric(METRICS, "reverser_visits_dropped_total"))
                .isEqualTo(12);
        assertThat(StorageCounters.metric(METRICS, "reverser_visits_flush_seconds_count"))
                .isEqualTo(3);
    }

    @Test
    void isZeroWithoutTheMetric() {
        assertThat(StorageCounters.metric(METRICS, "reverser_visits_flush_seconds_sum"))
                .isZero();
    }

    @Test
    void dividesTheTimeByTheFlushes() {
        var before = new StorageCounters(0, Duration.ZERO, 3, 1, 0);
        assertThat(new StorageCounters(0, Duration.ZERO, 5, 2, 0).millisPerFlushSince(before))
                .hasValue(500);
        assertThat(before.millisPerFlushSince(before)).isEmpty();
    }
}
