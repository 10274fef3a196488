package io.reverser.bench.comparison;

import io.reverser.bench.load.Wrk;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.server.Server;
import io.reverser.bench.server.ServerCommand;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The reverser's CPU time per request as a multiple of the raw Vert.x handler's, measured so that it can be compared
 * with an earlier run, also on a machine that does other work.
 *
 * <p>Three pairs of processes are measured one after the other, because the JIT compilers' results differ from start to
 * start; in each pair, the rounds of the two servers alternate. Other work can only add CPU time to a request, so the
 * lowest of the three ratios counts.
 */
record CpuPairs(ServerCommand reverser, ServerCommand raw, Consumer<String> progress) {

    private static final int PAIRS = 3;
    private static final int ROUNDS = 3;
    private static final int WARM_UP_SECONDS = 8;
    private static final int ROUND_SECONDS = 3;

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
            Round.measure(baseline, wrk, WARM_UP_SECONDS);
            Round.measure(measured, wrk, WARM_UP_SECONDS);
            double cpu = 0;
            double rawCpu = 0;
            for (int round = 0; round < ROUNDS; round++) {
                rawCpu += Round.measure(baseline, wrk, ROUND_SECONDS).cpu() / ROUNDS;
                cpu += Round.measure(measured, wrk, ROUND_SECONDS).cpu() / ROUNDS;
            }
            progress.accept("%s: reverser %s µs, raw Vert.x %s µs, ratio %s"
                    .formatted(
                            name,
                            MarkdownTable.formatNumber(cpu),
                            MarkdownTable.formatNumber(rawCpu),
                            MarkdownTable.formatNumber(cpu / rawCpu)));
            return cpu / rawCpu;
        }
    }
}
