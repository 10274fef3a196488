package io.reverser.runner.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.runner.process.PollInterval;
import io.reverser.runner.process.Ports;
import io.reverser.runner.process.SandboxException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The reverser as it runs in a cluster: pods with what External Secrets brings, behind one address. */
public final class ReverserCluster implements AutoCloseable {

    public static final int REPLICAS = 3;

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final ControlPlane controlPlane;
    private final ReverserPods pods;
    private final LoadBalancer loadBalancer;

    private ReverserCluster(int port, ReverserPods pods, ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.pods = pods;
        this.loadBalancer = LoadBalancer.start(port, this::endpoints);
    }

    /**
     * Puts the load balancer before the pods, which may still start.
     *
     * @param port of the one address, on loopback
     * @param controlPlane which runs them; it is closed with this
     */
    public static ReverserCluster start(int port, ReverserPods pods, ControlPlane controlPlane) {
        return new ReverserCluster(port, pods, controlPlane);
    }

    /**
     * Waits until all pods are ready.
     *
     * @throws SandboxException with its last words, when one of them ends instead
     */
    public void awaitReady() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isRolledOut()) {
            pods.findCrash().ifPresent(failure -> {
                throw failure;
            });
            if (System.nanoTime() > deadline) {
                throw new SandboxException("The pods were not ready after " + START_TIMEOUT.toSeconds() + " s");
            }
            PollInterval.sleep("the pods started");
        }
    }

    /** Whether all pods are ready, of the newest version, and none is about to end. */
    public boolean isRolledOut() {
        return controlPlane.isRolledOut();
    }

    public ReverserPods pods() {
        return pods;
    }

    /** Of the one address. */
    public int port() {
        return loadBalancer.port();
    }

    /** How many requests the balancer had answered by this port. */
    public long successfulRequests(int pod) {
        return loadBalancer.successfulRequests(pod);
    }

    /** Where the pod listens that was ready first. */
    public Ports firstPodPorts() {
        return pods.find(controlPlane.endpoints().getFirst())
                .orElseThrow()
                .reverser()
                .ports();
    }

    /** All pods, oldest first. */
    public List<PodStatus> podStatuses() {
        return controlPlane.pods().stream()
                .map(json -> podStatus(json, json.at("/metadata/name").asText()))
                .toList();
    }

    /**
     * A pod.
     *
     * @param state in one word: {@code starting}, {@code ready}, {@code failing} or {@code terminating}
     * @param credentials by which its newest container logs in, once there is one
     * @param ports where that listens
     */
    public record PodStatus(
            String name, String state, Optional<ReverserCredentials> credentials, Optional<Ports> ports) {

        /** Where it tells how it is, once there is a container. */
        public Optional<URI> managementAddress() {
            return ports.map(Ports::managementAddress);
        }
    }

    @Override
    public void close() {
        loadBalancer.close();
        controlPlane.close();
        pods.close();
    }

    private PodStatus podStatus(ObjectNode json, String name) {
        boolean isReady = json.at("/status/conditions")
                .valueStream()
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
        boolean hasEnded = json.at("/status/containerStatuses/0/restartCount").asInt() > 0;
        String state = json.path("metadata").has("deletionTimestamp")
                ? "terminating"
                : isReady ? "ready" : hasEnded ? "failing" : "starting";
        Optional<ReverserPod> container = pods.find(name);
        return new PodStatus(
                name,
                state,
                container.map(ReverserPod::credentials),
                container.map(pod -> pod.reverser().ports()));
    }

    private List<URI> endpoints() {
        return controlPlane.endpoints().stream()
                .flatMap(name -> pods.httpAddress(name).stream())
                .toList();
    }
}
