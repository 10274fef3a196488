package io.reverser.bench.comparison;

import io.reverser.bench.load.Wrk;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.server.Server;
import io.reverser.bench.server.ServerCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * The reverser's CPU time per request as a multiple of the raw Vert.x handler's, measured so that it can be compared
 * with an earlier run, also on a machine that does other work.
 *
 * <p>Three pairs of processes are measured one after the other, because the JIT compilers' results differ from start to
 * start. In each pair, the rounds of the two servers alternate, and the median of the rounds' ratios counts, so that one
 * disturbed round has no effect. Compilation that other work delays makes a pair's ratio higher and never lower, so the
 * lowest of the three ratios counts.
 */
record CpuPairs(ServerCommand reverser, ServerCommand raw, Consumer<String> progress) {

    private static final int PAIRS = 3;
    private static final int ROUNDS = 5;
    private static final int ROUND_SECONDS = 2;

    /** The reverser has more code than the raw handler, so the JIT compilers need more time for it. */
    private static final int WARM_UP_SECONDS = 14;

    private static final int RAW_WARM_UP_SECONDS = 4;

    double lowestRatio(Wrk wrk) throws IOException, InterruptedException {
        double lowest = Double.POSITIVE_INFINITY;
        for (int pair = 1; pair <= PAIRS; pair++) {
            lowest = Math.min(lowest, measurePair(wrk, "pair %d of %d".formatted(pair, PAIRS)));
        }
        return lowest;
    }

    private double measurePair(Wrk wrk, String name) throws IOException, InterruptedException {
        try (var measured = Server.start(reverser);
                var baseline = Server.start(raw)) {
            Round.measure(baseline, wrk, RAW_WARM_UP_SECONDS);
            Round.measure(measured, wrk, WARM_UP_SECONDS);
            var ratios = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                double rawCpu = Round.measure(baseline, wrk, ROUND_SECONDS).cpu();
                ratios.add(Round.measure(measured, wrk, ROUND_SECONDS).cpu() / rawCpu);
            }
            double ratio = Measurements.median(ratios);
            progress.accept("%s: CPU time per request, reverser ÷ raw Vert.x handler: %s"
                    .formatted(name, MarkdownTable.formatNumber(ratio)));
            return ratio;
        }
    }
}
