package io.reverser.bench.comparison;

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
import java.util.function.Consumer;

/** Measures the servers in interleaved rounds, so that other work on the machine affects all servers equally. */
record ComparisonRun(List<ServerCommand> serverCommands, BenchmarkPlan plan, Consumer<String> progress) {

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

    /** Measures rounds of load. All servers run throughout, but only one server at a time is under load. */
    Map<ServerVariant, List<Round>> measureLoads(Wrk wrk) throws IOException, InterruptedException {
        var servers = new ArrayList<Server>();
        try {
            for (ServerCommand serverCommand : serverCommands) {
                servers.add(Server.start(serverCommand));
            }
            for (Server server : servers) {
                progress.accept("warming up: " + server.serverCommand().variant().title);
                Round.measure(server, wrk, plan.warmUpSeconds());
            }
            var rounds = new EnumMap<ServerVariant, List<Round>>(ServerVariant.class);
            for (int n = 1; n <= plan.roundsPerServer(); n++) {
                progress.accept("load, round " + n + " of " + plan.roundsPerServer());
                for (Server server : servers) {
                    Thread.sleep(ROUND_PAUSE);
                    rounds.computeIfAbsent(server.serverCommand().variant(), variant -> new ArrayList<>())
                            .add(Round.measure(server, wrk, plan.roundSeconds()));
                }
            }
            return rounds;
        } finally {
            servers.forEach(Server::close);
        }
    }
}
