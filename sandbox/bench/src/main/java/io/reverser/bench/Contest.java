package io.reverser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures contestants in turns, so that whatever else the machine does hits all of them alike. */
record Contest(List<Candidate> candidates, Plan plan, Consumer<String> progress) {

    /** The reverser's last visits are on their way to the database while the next contestant waits for its turn. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);

    /** How long each start took, in milliseconds. A first start, which finds no file in memory, is not counted. */
    Map<Contestant, List<Double>> starts() throws IOException, InterruptedException {
        var startUps = new EnumMap<Contestant, List<Double>>(Contestant.class);
        for (int n = 0; n <= plan.starts(); n++) {
            progress.accept(n == 0 ? "starting each server once" : "start " + n + " of " + plan.starts());
            for (Candidate candidate : candidates) {
                try (var server = Server.start(candidate)) {
                    if (n > 0) {
                        startUps.computeIfAbsent(candidate.who(), who -> new ArrayList<>())
                                .add(server.startUp().toNanos() / 1e6);
                    }
                }
            }
        }
        return startUps;
    }

    /** All servers run all the time, and one at a time has something to do. */
    Map<Contestant, List<Round>> loads(Wrk wrk) throws IOException, InterruptedException {
        var servers = new ArrayList<Server>();
        try {
            for (Candidate candidate : candidates) {
                servers.add(Server.start(candidate));
            }
            for (Server server : servers) {
                progress.accept("warming up: " + server.candidate().who().title);
                Round.of(server, wrk, plan.warmUp());
            }
            var rounds = new EnumMap<Contestant, List<Round>>(Contestant.class);
            for (int n = 1; n <= plan.rounds(); n++) {
                progress.accept("load, round " + n + " of " + plan.rounds());
                for (Server server : servers) {
                    Thread.sleep(BETWEEN_ROUNDS);
                    rounds.computeIfAbsent(server.candidate().who(), who -> new ArrayList<>())
                            .add(Round.of(server, wrk, plan.round()));
                }
            }
            return rounds;
        } finally {
            servers.forEach(Server::close);
        }
    }
}
