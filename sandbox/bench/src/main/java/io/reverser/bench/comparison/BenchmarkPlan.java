package io.reverser.bench.comparison;

/**
 * How much the benchmarks measure.
 *
 * @param startsPerServer number of starts of each server
 * @param warmUpSeconds in seconds
 * @param roundsPerServer rounds of load on each server
 * @param roundSeconds in seconds
 * @param coldStarts number of cold starts of each function in each memory size
 * @param verifiedRequests requests whose visits are compared with the database; not a multiple of the number of callers
 */
public record BenchmarkPlan(
        int startsPerServer,
        int warmUpSeconds,
        int roundsPerServer,
        int roundSeconds,
        int coldStarts,
        long verifiedRequests) {

    public static final BenchmarkPlan FULL = new BenchmarkPlan(5, 20, 3, 6, 50, 1_234_567);

    /** A run of about a minute that only checks whether the benchmarks work; its figures mean little. */
    public static final BenchmarkPlan QUICK = new BenchmarkPlan(1, 3, 1, 2, 5, 100_003);
}
