package io.reverser.bench.soak.run;

import io.reverser.bench.reconciliation.DualTimestamp;
import io.reverser.bench.reconciliation.VisitReconciliation.PodKill;
import io.reverser.bench.soak.environment.SoakEnvironment;
import io.reverser.runner.cluster.ReverserCluster.PodStatus;
import io.reverser.runner.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Kills pods, and records how many requests each killed pod had answered and how many visits it had stored, to account
 * for the lost visits.
 */
final class PodKiller {

    private static final Pattern STORED_METRIC =
            Pattern.compile("(?m)^reverser_visits_stored_total(?:\\{.*})? ([\\d.E+]+)$");
    private static final Duration STORE_DELAY = Duration.ofSeconds(2);

    private final SoakEnvironment environment;
    private final List<PodKill> podKills = new CopyOnWriteArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    PodKiller(SoakEnvironment environment) {
        this.environment = environment;
    }

    /** Kills the ready pod that the number selects, if any pod is ready. */
    void kill(int number) throws InterruptedException {
        List<PodStatus> ready = environment.rotation().pods().stream()
                .filter(pod -> pod.state().equals("ready"))
                .toList();
        if (!ready.isEmpty()) {
            kill(ready.get(number % ready.size()));
        }
    }

    List<PodKill> podKills() {
        return List.copyOf(podKills);
    }

    private void kill(PodStatus pod) throws InterruptedException {
        Ports ports = pod.ports().orElseThrow();
        long before = environment.rotation().successfulRequests(ports.http());
        Thread.sleep(STORE_DELAY);
        Optional<Long> stored = readStoredVisits(ports.management());
        // A pod that does not respond is already terminating, so it is not killed.
        if (stored.isPresent()) {
            DualTimestamp when = environment.now();
            environment.rotation().kill(pod);
            podKills.add(new PodKill(
                    pod.name(),
                    when,
                    before,
                    stored.get(),
                    environment.rotation().successfulRequests(ports.http())));
        }
    }

    private Optional<Long> readStoredVisits(int port) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:%d/q/metrics".formatted(port)))
                .timeout(STORE_DELAY)
                .build();
        try {
            var metric = STORED_METRIC.matcher(
                    http.send(request, BodyHandlers.ofString()).body());
            return metric.find() ? Optional.of((long) Double.parseDouble(metric.group(1))) : Optional.empty();
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
