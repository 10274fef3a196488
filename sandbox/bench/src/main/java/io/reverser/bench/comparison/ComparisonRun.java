package io.reverser.bench.comparison;

import io.reverser.bench.load.LatencyPercentiles;
import io.reverser.bench.load.OpenLoopLoad;
import io.reverser.bench.load.Wrk;
import io.reverser.bench.server.Server;
import io.reverser.bench.server.ServerCommand;
import io.reverser.bench.server.ServerVariant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Measures the servers in interleaved rounds, so that other work on the machine affects all servers equally. */
record ComparisonRun(List<ServerCommand> serverCommands, BenchmarkPlan plan, Consumer<String> progress) {

    /** The rate at which latencies are measured, in requests per second: well below what each server can do. */
    static final int FIXED_RATE = 10_000;

    /** The other servers are not fast enough for the rate on every machine, or are not compared in latency. */
    private static final Set<ServerVariant> AT_FIXED_RATE =
            Set.of(ServerVariant.REVERSER, ServerVariant.RAW_VERTX, ServerVariant.GO);

    /** Gives the reverser time to store its last visits before the next server is measured. */
    private static final Duration ROUND_PAUSE = Duration.ofSeconds(2);

    /**
     * Measures start-up times, in milliseconds. Ignores the first start of each server, when the file caches are cold.
     */
    Map<ServerVariant, List<Double>> measureStarts() throws IOException, InterruptedException {
        var startUps = new EnumMap<ServerVariant, List<Double>>(ServerVariant.class);
        for (int n = 0; n <= plan.startsPerServer(); n++) {
            progress.accept(n == 0 ? "starting each server once" : "start " + n + " of " + plan.startsPerServer());
            for (ServerCommand serverCommand : serverCommands) {
                try (var server = Server.start(serverCommand)) {
                    if (n > 0) {
                        startUps.computeIfAbsent(serverCommand.variant(), variant -> new ArrayList<>())
                                .add(server.startupTime().toNanos() / 1e6);
                    }
                }
            }
        }
        return startUps;
    }

    /**
     * Measures rounds of full load, and then rounds of load at a fixed rate. All servers run throughout, but only one
     * server at a time is under load.
     */
    Loads measureLoads(Wrk wrk, OpenLoopLoad openLoop) throws IOException, InterruptedException {
        var servers = new ArrayList<Server>();
        try {
            for (ServerCommand serverCommand : serverCommands) {
                servers.add(Server.start(serverCommand));
            }
            for (Server server : servers) {
                progress.accept("warming up: " + server.serverCommand().variant().title);
                Round.measure(server, wrk, plan.warmUpSeconds());
            }
            var rounds = inRounds("full load", servers, server -> Round.measure(server, wrk, plan.roundSeconds()));
            List<Server> atFixedRate = servers.stream()
                    .filter(server ->
                            AT_FIXED_RATE.contains(server.serverCommand().variant()))
                    .toList();
            var latencies = inRounds(
                    "fixed rate",
                    atFixedRate,
                    server -> openLoop.load(server.serverCommand().port(), plan.roundSeconds()));
            return new Loads(rounds, latencies);
        } finally {
            servers.forEach(Server::close);
        }
    }

    /** The results of each server's rounds. */
    record Loads(Map<ServerVariant, List<Round>> rounds, Map<ServerVariant, List<LatencyPercentiles>> latencies) {}

    private interface Measurement<T> {
        T measure(Server server) throws IOException, InterruptedException;
    }

    private <T> Map<ServerVariant, List<T>> inRounds(String kind, List<Server> servers, Measurement<T> measurement)
            throws IOException, InterruptedException {
        var results = new EnumMap<ServerVariant, List<T>>(ServerVariant.class);
        for (int n = 1; n <= plan.roundsPerServer(); n++) {
            progress.accept("%s, round %d of %d".formatted(kind, n, plan.roundsPerServer()));
            for (Server server : servers) {
                Thread.sleep(ROUND_PAUSE);
                results.computeIfAbsent(server.serverCommand().variant(), variant -> new ArrayList<>())
                        .add(measurement.measure(server));
            }
        }
        return results;
    }
}
