package io.reverser.bench.comparison;

import io.reverser.bench.server.ServerVariant;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * All results of a comparison of servers.
 *
 * @param verifiedVisits how many visits were found in the database; a missing visit fails the run
 */
record Results(Map<ServerVariant, Measurements> measurements, long verifiedVisits) {

    Measurements of(ServerVariant variant) {
        return Objects.requireNonNull(measurements.get(variant), variant.title);
    }

    /** A measured value of one server as a multiple of the baseline server's value. */
    double ratio(ToDoubleFunction<Measurements> value, ServerVariant variant, ServerVariant baseline) {
        return value.applyAsDouble(of(variant)) / value.applyAsDouble(of(baseline));
    }
}
