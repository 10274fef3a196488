package io.reverser.bench.soak;

import io.reverser.bench.account.Moment;
import io.reverser.bench.account.VisitBook.Death;
import io.reverser.runner.Ports;
import io.reverser.runner.ReverserCluster.Pod;
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

/** Kills pods, and notes what they had answered and stored, so that somebody can tell what went with them. */
final class PodKiller {

    private static final Pattern STORED = Pattern.compile("(?m)^reverser_visits_stored_total(?:\\{.*})? ([\\d.E+]+)$");
    private static final Duration BEFORE = Duration.ofSeconds(2);

    private final Stage stage;
    private final List<Death> deaths = new CopyOnWriteArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    PodKiller(Stage stage) {
        this.stage = stage;
    }

    /** One of those that are ready; none where none is. */
    void kill(int number) throws InterruptedException {
        List<Pod> ready = stage.rotation().pods().stream()
                .filter(pod -> pod.state().equals("ready"))
                .toList();
        if (!ready.isEmpty()) {
            kill(ready.get(number % ready.size()));
        }
    }

    List<Death> deaths() {
        return List.copyOf(deaths);
    }

    private void kill(Pod pod) throws InterruptedException {
        Ports ports = pod.ports().orElseThrow();
        long before = stage.rotation().answered(ports.http());
        Thread.sleep(BEFORE);
        Optional<Long> stored = stored(ports.management());
        // One that cannot be asked any more is about to end by itself.
        if (stored.isPresent()) {
            Moment when = stage.now();
            stage.rotation().kill(pod);
            deaths.add(new Death(
                    pod.name(), when, before, stored.get(), stage.rotation().answered(ports.http())));
        }
    }

    private Optional<Long> stored(int port) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:%d/q/metrics".formatted(port)))
                .timeout(BEFORE)
                .build();
        try {
            var metric =
                    STORED.matcher(http.send(request, BodyHandlers.ofString()).body());
            return metric.find() ? Optional.of((long) Double.parseDouble(metric.group(1))) : Optional.empty();
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
