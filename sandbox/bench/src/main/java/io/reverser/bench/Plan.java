package io.reverser.bench;

/**
 * How much is measured.
 *
 * @param starts of each contestant
 * @param warmUp in seconds
 * @param rounds of load on each contestant
 * @param round in seconds
 * @param coldStarts of each function in each size
 * @param counted requests whose visits are looked up in the database one by one; no multiple of the number of callers
 */
record Plan(int starts, int warmUp, int rounds, int round, int coldStarts, long counted) {

    static final Plan FULL = new Plan(5, 20, 3, 6, 50, 1_234_567);

    /** Shows in a minute that everything works; its figures mean little. */
    static final Plan QUICK = new Plan(1, 3, 1, 2, 5, 100_003);
}
