package io.reverser.runner;

import io.reverser.simulators.kubernetes.PodRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The pods of a cluster: each is a reverser from its package, in a process and on ports of its own. */
final class ReverserPods implements PodRuntime, AutoCloseable {

    /** Longer than the balancer takes to send nothing more to a pod that ends. */
    private static final String SHUTDOWN_DELAY = "2s";

    private final PackagedReverser reverser;
    private final Map<String, String> settings = new ConcurrentHashMap<>();
    private final Path logs;
    private final Map<String, ReverserPod> newest = new ConcurrentHashMap<>();
    private final AtomicInteger restarts = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ReverserPods(PackagedReverser reverser, Map<String, String> settings, Path logs) {
        this.reverser = reverser;
        this.settings.put("QUARKUS_SHUTDOWN_DELAY", SHUTDOWN_DELAY);
        this.settings.putAll(settings);
        this.logs = logs;
    }

    /**
     * None yet.
     *
     * @param settings what pods are told beside their Secret
     * @param logs a folder that gets a file for each; those of earlier ones go
     */
    static ReverserPods of(PackagedReverser reverser, Map<String, String> settings, Path logs) {
        try {
            Files.createDirectories(logs);
            try (var files = Files.list(logs)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            return new ReverserPods(reverser, settings, logs);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path logs() {
        return logs;
    }

    /** Tells pods that are made from now on something else. */
    void tell(String setting, String value) {
        settings.put(setting, value);
    }

    /** Tells pods that are made from now on nothing about this. */
    void untell(String setting) {
        settings.remove(setting);
    }

    @Override
    public Pod start(String name, Map<String, String> secret) {
        var environment = new HashMap<>(settings);
        environment.putAll(secret);
        String log = newest.containsKey(name) ? name + "-again-" + restarts.incrementAndGet() : name;
        RunningReverser running = reverser.begin(Ports.free(), environment, logs.resolve(log + ".log"));
        var login = new Login(secret.getOrDefault("MYSQL_USER", ""), secret.getOrDefault("MYSQL_PASSWORD", ""));
        var pod = new ReverserPod(running, login);
        newest.put(name, pod);
        pod.watch(http);
        return pod;
    }

    /** Where a pod takes requests. */
    Optional<URI> address(String name) {
        return find(name).map(pod -> pod.reverser().ports().httpAddress());
    }

    /** The newest container of a pod, also when it has ended. */
    Optional<ReverserPod> find(String name) {
        return Optional.ofNullable(newest.get(name));
    }

    /** Why one ended that nobody asked to. */
    Optional<SandboxFailure> accident() {
        return newest.values().stream()
                .filter(ReverserPod::endedByItself)
                .map(pod -> pod.reverser().end())
                .findFirst();
    }

    /** Ends all of them, and waits until they have. */
    @Override
    public void close() {
        Collection<ReverserPod> all = List.copyOf(newest.values());
        all.forEach(ReverserPod::kill);
        all.forEach(pod -> pod.reverser().process().onExit().join());
        http.close();
    }
}
