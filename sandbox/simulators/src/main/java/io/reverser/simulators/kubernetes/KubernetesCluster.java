package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The objects of a cluster and the controllers that move them. It stands still until it is told to {@link #step}, or to
 * {@link #run} by itself.
 */
public final class KubernetesCluster implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final InstantSource clock;
    private final Map<ObjectName, Deployment> deployments = new LinkedHashMap<>();
    private final Map<ObjectName, ExternalSecret> external = new LinkedHashMap<>();
    private final Map<ObjectName, Secret> secrets = new LinkedHashMap<>();
    private final ExternalSecrets externalSecrets = new ExternalSecrets();
    private final Reloader reloader = new Reloader();
    private final Versions versions = new Versions();
    private Optional<Thread> stepping = Optional.empty();
    private boolean closed;

    /** An empty one. */
    public KubernetesCluster(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Makes an ExternalSecret, and with it, once it is synced, the Secret of the same name.
     *
     * @param value where the keys come from, as JSON; it may throw
     */
    public synchronized void synchronise(ObjectName name, Duration interval, Supplier<String> value) {
        external.put(name, new ExternalSecret(name, interval, value, clock.instant()));
    }

    /** Makes a Deployment whose pods take their environment from a Secret in the same namespace. */
    public synchronized void deploy(ObjectName name, int replicas, String secret, PodRuntime runtime) {
        deployments.put(name, new Deployment(name, replicas, secret, runtime, clock.instant()));
    }

    /** Wants another number of pods, as the autoscaler does. */
    public synchronized void scale(ObjectName deployment, int replicas) {
        existing(deployment).scale(replicas);
    }

    /** Leaves the pods as they are, whatever becomes of the template. */
    public synchronized void pause(ObjectName deployment) {
        existing(deployment).pause(true);
    }

    /** Goes on with what waits since {@link #pause}. */
    public synchronized void resume(ObjectName deployment) {
        existing(deployment).pause(false);
    }

    /** The controller of ExternalSecrets. */
    public ExternalSecrets externalSecrets() {
        return externalSecrets;
    }

    /** The controller that renews pods. */
    public Reloader reloader() {
        return reloader;
    }

    /** A Deployment as Kubernetes shows it. */
    public synchronized Optional<ObjectNode> deployment(ObjectName name) {
        return Optional.ofNullable(deployments.get(name))
                .map(DeploymentView::of)
                .map(versions::numbered);
    }

    /** The pods of a namespace, those that end included, as Kubernetes shows them in a list. */
    public synchronized List<ObjectNode> pods(String namespace) {
        return deployments.values().stream()
                .filter(deployment -> deployment.name.namespace().equals(namespace))
                .flatMap(deployment -> deployment.replicaSets.stream()
                        .flatMap(set -> set.pods.stream().map(pod -> PodView.of(pod, set, deployment))))
                .map(versions::numbered)
                .toList();
    }

    /** An ExternalSecret as Kubernetes shows it. */
    public synchronized Optional<ObjectNode> externalSecret(ObjectName name) {
        return Optional.ofNullable(external.get(name))
                .map(ExternalSecret::resource)
                .map(versions::numbered);
    }

    /** Changes an ExternalSecret; its status is its controller's alone. */
    public synchronized Optional<ObjectNode> change(ObjectName externalSecret, UnaryOperator<ObjectNode> change) {
        Optional.ofNullable(external.get(externalSecret))
                .ifPresent(present -> present.replace(change.apply(versions.numbered(present.resource()))));
        return externalSecret(externalSecret);
    }

    /** What is in a Secret. */
    public synchronized Optional<Map<String, String>> secret(ObjectName name) {
        return Optional.ofNullable(secrets.get(name)).map(Secret::data);
    }

    /** The version of everything as it is. */
    public synchronized String version() {
        return versions.last();
    }

    /** The pods that a service sends requests to: ready, and not about to end. */
    public synchronized List<String> endpoints(ObjectName deployment) {
        return existing(deployment).replicaSets.stream()
                .flatMap(set -> set.active().stream())
                .filter(ClusterPod::isReady)
                .map(pod -> pod.name)
                .toList();
    }

    /** Whether all pods have the newest template and are ready, and none of the others is left. */
    public synchronized boolean isRolledOut(ObjectName deployment) {
        Deployment present = existing(deployment);
        return present.status.generation() == present.generation()
                && present.status.pods().isComplete(present.replicas())
                && present.replicaSets.stream().mapToInt(set -> set.pods.size()).sum() == present.replicas();
    }

    /** Each controller does once what is due now; what one of them does, the next sees in the next step. */
    public synchronized void step() {
        if (closed) {
            return;
        }
        Instant now = clock.instant();
        for (Deployment deployment : deployments.values()) {
            DeploymentController.step(deployment, secret(deployment.secret), now);
        }
        reloader.step(secrets, deployments.values(), now);
        externalSecrets.step(external.values(), secrets, now);
    }

    /** Steps by itself until it is closed. */
    public void run() {
        stepping = Optional.of(Thread.ofPlatform().daemon().name("controllers").start(this::stepAgainAndAgain));
    }

    /** Stops everything, and kills the pods. */
    @Override
    public void close() {
        stepping.ifPresent(Thread::interrupt);
        synchronized (this) {
            closed = true;
            deployments.values().stream()
                    .flatMap(deployment -> deployment.replicaSets.stream())
                    .flatMap(set -> set.pods.stream())
                    .forEach(ClusterPod::kill);
        }
    }

    private void stepAgainAndAgain() {
        try {
            while (true) {
                step();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Deployment existing(ObjectName deployment) {
        return Optional.ofNullable(deployments.get(deployment)).orElseThrow();
    }
}
