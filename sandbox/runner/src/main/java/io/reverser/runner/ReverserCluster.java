package io.reverser.runner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.KubernetesCluster;
import io.reverser.simulators.kubernetes.ObjectName;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The reverser as it runs in a cluster: pods with what External Secrets brings, behind one address. */
public final class ReverserCluster implements AutoCloseable {

    static final int REPLICAS = 3;

    private static final String NAMESPACE = "reverser";
    private static final ObjectName SECRET = new ObjectName(NAMESPACE, "database");
    private static final ObjectName DEPLOYMENT = new ObjectName(NAMESPACE, "reverser");
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration TO_START = Duration.ofSeconds(60);

    private final KubernetesCluster kubernetes;
    private final ReverserPods pods;
    private final Balancer balancer;

    private ReverserCluster(KubernetesCluster kubernetes, ReverserPods pods, int port) {
        this.kubernetes = kubernetes;
        this.pods = pods;
        this.balancer = Balancer.start(port, this::endpoints);
    }

    /**
     * Begins to start it.
     *
     * @param port of the one address, on loopback
     * @param secret what External Secrets fetches
     */
    static ReverserCluster start(int port, ReverserPods pods, InstantSource clock, Supplier<String> secret) {
        var cluster = new ReverserCluster(new KubernetesCluster(clock), pods, port);
        cluster.kubernetes.synchronise(SECRET, INTERVAL, secret);
        cluster.kubernetes.deploy(DEPLOYMENT, REPLICAS, SECRET.name(), pods);
        cluster.kubernetes.run();
        return cluster;
    }

    /**
     * Waits until all pods are ready.
     *
     * @throws SandboxFailure with its last words, when one of them ends instead
     */
    void awaitReady() {
        long deadline = System.nanoTime() + TO_START.toNanos();
        while (!isWhole()) {
            pods.accident().ifPresent(failure -> {
                throw failure;
            });
            if (System.nanoTime() > deadline) {
                throw new SandboxFailure("The pods were not ready after " + TO_START.toSeconds() + " s");
            }
            Pause.briefly("the pods started");
        }
    }

    /** Whether all pods are ready, of the newest version, and none is about to end. */
    boolean isWhole() {
        return kubernetes.isRolledOut(DEPLOYMENT);
    }

    KubernetesCluster kubernetes() {
        return kubernetes;
    }

    ReverserPods pods() {
        return pods;
    }

    /** Of the one address. */
    int port() {
        return balancer.port();
    }

    /** How many requests the balancer had answered by this port. */
    long answered(int pod) {
        return balancer.answered(pod);
    }

    /** Where the pod listens that was ready first. */
    Ports firstPod() {
        return pods.find(kubernetes.endpoints(DEPLOYMENT).getFirst())
                .orElseThrow()
                .reverser()
                .ports();
    }

    /** All pods, oldest first. */
    List<Pod> list() {
        return kubernetes.pods(NAMESPACE).stream()
                .map(json -> pod(json, json.at("/metadata/name").asText()))
                .toList();
    }

    /**
     * A pod.
     *
     * @param state in one word: {@code starting}, {@code ready}, {@code failing} or {@code ending}
     * @param login by which its newest container logs in, once there is one
     * @param ports where that listens
     */
    public record Pod(String name, String state, Optional<Login> login, Optional<Ports> ports) {

        /** Where it tells how it is, once there is a container. */
        public Optional<URI> management() {
            return ports.map(Ports::managementAddress);
        }
    }

    @Override
    public void close() {
        balancer.close();
        kubernetes.close();
        pods.close();
    }

    private Pod pod(ObjectNode json, String name) {
        boolean isReady = json.at("/status/conditions/0/status").asText().equals("True");
        boolean hasEnded = json.at("/status/containerStatuses/0/restartCount").asInt() > 0;
        String state = json.path("metadata").has("deletionTimestamp")
                ? "ending"
                : isReady ? "ready" : hasEnded ? "failing" : "starting";
        Optional<ReverserPod> container = pods.find(name);
        return new Pod(
                name,
                state,
                container.map(ReverserPod::login),
                container.map(pod -> pod.reverser().ports()));
    }

    private List<URI> endpoints() {
        return kubernetes.endpoints(DEPLOYMENT).stream()
                .flatMap(name -> pods.address(name).stream())
                .toList();
    }
}
