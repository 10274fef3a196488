package io.reverser.bench.comparison;

/**
 * How long and how often the benchmarks measure.
 *
 * @param startsPerServer number of starts of each server
 * @param warmUpSeconds seconds of load on each server before the first round
 * @param roundsPerServer rounds of load on each server
 * @param roundSeconds seconds of load in each round
 * @param growthSeconds seconds of load at each point of the charts of growth
 * @param coldStarts number of cold starts of each function in each memory size
 * @param verifiedRequests number of requests after which the visits in the database are checked; not a multiple of the
 *     number of callers
 */
public record BenchmarkPlan(
        int startsPerServer,
        int warmUpSeconds,
        int roundsPerServer,
        int roundSeconds,
        int growthSeconds,
        int coldStarts,
        long verifiedRequests) {

    public static final BenchmarkPlan FULL = new BenchmarkPlan(5, 20, 5, 6, 8, 50, 1_234_567);

    /** A run of about a minute that only checks whether the benchmarks work; the figures of such a run mean little. */
    public static final BenchmarkPlan QUICK = new BenchmarkPlan(1, 3, 1, 2, 1, 5, 100_003);
}
