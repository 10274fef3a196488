package io.reverser.bench.comparison;

import io.reverser.bench.load.LatencyPercentiles;
import io.reverser.bench.server.ServerVariant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/**
 * All results of a comparison of servers.
 *
 * @param measurements in the order of the servers; without the server in Go, where Go is not installed
 * @param latencies the latencies at a fixed rate, of the servers for which they were measured
 * @param pairedCpuRatio the result of {@link CpuPairs}
 * @param verifiedVisits how many visits were found in the database; a missing visit fails the run
 */
record Results(
        SortedMap<ServerVariant, Measurements> measurements,
        SortedMap<ServerVariant, LatencyPercentiles> latencies,
        double pairedCpuRatio,
        long verifiedVisits) {

    Measurements of(ServerVariant variant) {
        return Objects.requireNonNull(measurements.get(variant), variant.title);
    }

    LatencyPercentiles latency(ServerVariant variant) {
        return Objects.requireNonNull(latencies.get(variant), variant.title);
    }

    /** A measured value of one server as a multiple of the baseline server's value. */
    double ratio(ToDoubleFunction<Measurements> value, ServerVariant variant, ServerVariant baseline) {
        return value.applyAsDouble(of(variant)) / value.applyAsDouble(of(baseline));
    }
}
