package io.reverser.bench.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void computesMedianMaximumAndPercentile() {
        var latencies = new Latencies(
                IntStream.rangeClosed(1, 100).mapToObj(ms -> 101.0 - ms).toList());
        assertThat(latencies.median()).isEqualTo(50);
        assertThat(latencies.percentile(99)).isEqualTo(99);
        assertThat(latencies.max()).isEqualTo(100);
        assertThat(new Latencies(List.of(7.0)).percentile(99)).isEqualTo(7);
    }
}
