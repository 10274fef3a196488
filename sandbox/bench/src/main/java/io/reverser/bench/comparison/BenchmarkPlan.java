package io.reverser.bench.comparison;

/**
 * How much is measured.
 *
 * @param startsPerServer number of starts
 * @param warmUpSeconds in seconds
 * @param roundsPerServer rounds of load on each server
 * @param roundSeconds in seconds
 * @param coldStarts of each function in each memory size
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

    /** Checks in a minute that the benchmarks work; its figures mean little. */
    public static final BenchmarkPlan QUICK = new BenchmarkPlan(1, 3, 1, 2, 5, 100_003);
}
