package io.reverser.bench.comparison;

import io.reverser.bench.load.LatencyPercentiles;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The results of one server: the medians over its rounds of load, and the highest memory usage of any round.
 *
 * @param startupMillis the median time from the start of the process to the first response, in milliseconds
 */
record Measurements(double startupMillis, Round load) {

    static Measurements of(List<Double> startUps, List<Round> rounds) {
        return new Measurements(
                median(startUps),
                new Round(
                        median(rounds, Round::perSecond),
                        median(rounds, Round::cpu),
                        median(rounds, Round::p50),
                        median(rounds, Round::p99),
                        rounds.stream().mapToDouble(Round::memory).max().orElseThrow()));
    }

    /** The medians of each percentile over the rounds. */
    static LatencyPercentiles medians(List<LatencyPercentiles> rounds) {
        return new LatencyPercentiles(
                median(rounds, LatencyPercentiles::p50),
                median(rounds, LatencyPercentiles::p99),
                median(rounds, LatencyPercentiles::p999));
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static <T> double median(List<T> rounds, ToDoubleFunction<T> value) {
        return median(rounds.stream().map(value::applyAsDouble).toList());
    }
}
