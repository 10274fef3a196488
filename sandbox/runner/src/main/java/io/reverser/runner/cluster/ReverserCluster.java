package io.reverser.runner.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.runner.process.PollInterval;
import io.reverser.runner.process.Ports;
import io.reverser.runner.process.SandboxException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The reverser's pods behind a load balancer. */
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
     * Starts the load balancer of a cluster whose pods may still be starting.
     *
     * @param port the port of the load balancer, on loopback
     * @param controlPlane runs the pods; {@link #close} closes it, too
     */
    public static ReverserCluster start(int port, ReverserPods pods, ControlPlane controlPlane) {
        return new ReverserCluster(port, pods, controlPlane);
    }

    /**
     * Waits until all pods are ready.
     *
     * @throws SandboxException when a pod exits instead, with the last error in the pod's log
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

    /** Whether all of the reverser's pods are ready and of the newest version, and none is terminating. */
    public boolean isRolledOut() {
        return controlPlane.isRolledOut();
    }

    public ReverserPods pods() {
        return pods;
    }

    /** The port of the load balancer. */
    public int port() {
        return loadBalancer.port();
    }

    /** The number of requests that the pod at this port answered with 200. */
    public long successfulRequests(int pod) {
        return loadBalancer.successfulRequests(pod);
    }

    /** The ports of the first ready pod's container. */
    public Ports firstPodPorts() {
        return pods.find(controlPlane.endpoints().getFirst())
                .orElseThrow()
                .reverser()
                .ports();
    }

    /** The status of all pods, oldest first. */
    public List<PodStatus> podStatuses() {
        return controlPlane.pods().stream()
                .map(json -> podStatus(json, json.at("/metadata/name").asText()))
                .toList();
    }

    /**
     * The status of a pod.
     *
     * @param state one of {@code starting}, {@code ready}, {@code failing} and {@code terminating}
     * @param credentials the database credentials of the pod's newest container, if the pod has one
     * @param ports the ports of that container
     */
    public record PodStatus(
            String name, String state, Optional<ReverserCredentials> credentials, Optional<Ports> ports) {

        /** The address of the pod's health endpoints, if the pod has a container. */
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
