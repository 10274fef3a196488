package io.reverser.bench.comparison;

/**
 * How much is measured.
 *
 * @param startsPerServer of each server
 * @param warmUpSeconds in seconds
 * @param roundsPerServer of load on each server
 * @param roundSeconds in seconds
 * @param coldStarts of each function in each size
 * @param verifiedRequests requests whose visits are looked up in the database one by one; no multiple of the number of callers
 */
public record BenchmarkPlan(
        int startsPerServer,
        int warmUpSeconds,
        int roundsPerServer,
        int roundSeconds,
        int coldStarts,
        long verifiedRequests) {

    public static final BenchmarkPlan FULL = new BenchmarkPlan(5, 20, 3, 6, 50, 1_234_567);

    /** Shows in a minute that everything works; its figures mean little. */
    public static final BenchmarkPlan QUICK = new BenchmarkPlan(1, 3, 1, 2, 5, 100_003);
}
