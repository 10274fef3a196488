package io.reverser.runner.cluster;

import io.reverser.runner.process.PackagedReverser;
import io.reverser.runner.process.Ports;
import io.reverser.runner.process.RunningReverser;
import io.reverser.runner.process.SandboxException;
import io.reverser.simulators.kubernetes.workload.PodRuntime;
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

/** Runs each pod as a process of the packaged reverser, and each process listens on its own ports. */
public final class ReverserPods implements PodRuntime, AutoCloseable {

    /** Uses only the first JIT compiler (C1): the pods of the sandbox are short-lived and have little load. */
    private static final String COMPILER = "-XX:TieredStopAtLevel=1";

    /**
     * How long a terminating pod still accepts requests. This is longer than the load balancer continues to send
     * requests to the pod.
     */
    private static final String SHUTDOWN_DELAY = "2s";

    private final PackagedReverser reverser;
    private final Map<String, String> extraEnvironment = new ConcurrentHashMap<>();
    private final Path logs;
    private final Map<String, ReverserPod> latestContainers = new ConcurrentHashMap<>();
    private final AtomicInteger restarts = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ReverserPods(PackagedReverser reverser, Map<String, String> extraEnvironment, Path logs) {
        this.reverser = reverser;
        this.extraEnvironment.put("QUARKUS_SHUTDOWN_DELAY", SHUTDOWN_DELAY);
        this.extraEnvironment.putAll(extraEnvironment);
        this.logs = logs;
    }

    /**
     * Creates a runtime without any pods.
     *
     * @param extraEnvironment environment variables of the pods besides those of the Secret
     * @param logs the folder for one log file per container; existing files in it are deleted
     */
    public static ReverserPods of(PackagedReverser reverser, Map<String, String> extraEnvironment, Path logs) {
        try {
            Files.createDirectories(logs);
            try (var files = Files.list(logs)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            return new ReverserPods(reverser, extraEnvironment, logs);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Path logs() {
        return logs;
    }

    /** Sets an environment variable of all pods that start from now on. */
    public void setEnvironment(String setting, String value) {
        extraEnvironment.put(setting, value);
    }

    /** Removes an environment variable from all pods that start from now on. */
    public void unsetEnvironment(String setting) {
        extraEnvironment.remove(setting);
    }

    @Override
    public Container start(String name, Map<String, String> secret) {
        var environment = new HashMap<>(extraEnvironment);
        environment.putAll(secret);
        String log = latestContainers.containsKey(name) ? name + "-again-" + restarts.incrementAndGet() : name;
        RunningReverser running =
                reverser.startWithoutWaiting(Ports.free(), environment, logs.resolve(log + ".log"), COMPILER);
        var credentials = new ReverserCredentials(
                secret.getOrDefault("MYSQL_USER", ""), secret.getOrDefault("MYSQL_PASSWORD", ""));
        var pod = new ReverserPod(running, credentials);
        latestContainers.put(name, pod);
        pod.startProbing(http);
        return pod;
    }

    /** The address of a pod's HTTP port. */
    Optional<URI> httpAddress(String name) {
        return find(name).map(pod -> pod.reverser().ports().httpAddress());
    }

    /** The newest container of a pod, whether it still runs or not. */
    public Optional<ReverserPod> find(String name) {
        return Optional.ofNullable(latestContainers.get(name));
    }

    /** The last error of a container that exited although nothing stopped or killed it, if there is one. */
    Optional<SandboxException> findCrash() {
        return latestContainers.values().stream()
                .filter(ReverserPod::hasCrashed)
                .map(pod -> pod.reverser().exitException())
                .findFirst();
    }

    /** Kills all pods, and waits until they have exited. */
    @Override
    public void close() {
        Collection<ReverserPod> all = List.copyOf(latestContainers.values());
        all.forEach(ReverserPod::kill);
        all.forEach(pod -> pod.reverser().process().onExit().join());
        http.close();
    }
}
