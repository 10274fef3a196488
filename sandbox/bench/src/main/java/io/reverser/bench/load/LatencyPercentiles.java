package io.reverser.bench.load;

import java.util.Arrays;

/** Percentiles of the latency, in milliseconds. */
public record LatencyPercentiles(double p50, double p99, double p999) {

    private static final double NANOS_PER_MILLI = 1e6;

    static LatencyPercentiles of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new LatencyPercentiles(percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 99.9));
    }

    /** The latency that this percentage of the requests does not exceed. */
    private static double percentile(long[] sorted, double percent) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100) - 1)] / NANOS_PER_MILLI;
    }
}
