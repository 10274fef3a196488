package io.reverser.simulators.kubernetes.workload;

import io.reverser.simulators.kubernetes.workload.ContainerState.Running;
import io.reverser.simulators.kubernetes.workload.ContainerState.Terminated;
import io.reverser.simulators.kubernetes.workload.ContainerState.Waiting;
import io.reverser.simulators.kubernetes.workload.PodRuntime.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A pod with one container. When the container starts, it gets the current data of the Secret. When the container
 * exits, it restarts with the data that the Secret has then: the first time at once, afterwards with exponential
 * back-off.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy">Container restarts</a>
 */
public final class ClusterPod {

    /** The {@code terminationGracePeriodSeconds} of the reverser's Deployment. */
    static final Duration TERMINATION_GRACE_PERIOD = Duration.ofSeconds(45);

    private static final int MIN_RESTART_BACK_OFF_SECONDS = 10;
    private static final int MAX_RESTART_BACK_OFF_SECONDS = 300;
    private static final Duration BACK_OFF_RESET = Duration.ofMinutes(10);

    public final String name;
    final String uid = UUID.randomUUID().toString();
    final Instant created;
    final NodePool.Placement placement;
    private Optional<Instant> deletedAt = Optional.empty();
    private Optional<Container> container = Optional.empty();
    private ContainerState state = new Waiting("ContainerCreating");
    private Optional<Terminated> lastTermination = Optional.empty();
    private Duration restartBackOff = Duration.ZERO;
    private Instant nextStart;
    private int starts;
    private boolean ready;
    private Instant readyTransitionTime;

    ClusterPod(String name, NodePool.Placement placement, Instant created) {
        this.name = name;
        this.placement = placement;
        this.created = created;
        this.nextStart = created;
        this.readyTransitionTime = created;
    }

    /** Runs one round of the kubelet for this pod: starts the container, detects its exit, and probes its readiness. */
    void reconcile(PodRuntime runtime, Optional<Map<String, String>> secret, Instant now) {
        OptionalInt exitCode = container.map(Container::exitCode).orElse(OptionalInt.empty());
        if (exitCode.isPresent() && state instanceof Running running) {
            container = Optional.empty();
            setState(new Terminated(exitCode.getAsInt(), running.startedAt(), now));
            if (deletedAt.isEmpty()) {
                backOff(running.startedAt(), now);
            }
        } else if (deletedAt.isEmpty() && container.isEmpty() && !now.isBefore(nextStart)) {
            container = secret.map(environment -> runtime.start(name, environment));
            starts += container.isPresent() ? 1 : 0;
            setState(container.isPresent() ? new Running(now) : new Waiting("CreateContainerConfigError"));
        }
        boolean isReady = container.filter(Container::isReady).isPresent();
        if (isReady != ready) {
            ready = isReady;
            readyTransitionTime = now;
        }
    }

    void delete(Instant now) {
        deletedAt = Optional.of(now);
        container.ifPresent(Container::stop);
    }

    public void kill() {
        container.ifPresent(Container::kill);
    }

    boolean isActive() {
        return deletedAt.isEmpty();
    }

    /**
     * Whether the pod is deleted and its container has exited or never ran, so that the kubelet removes the pod next.
     */
    boolean isTerminated() {
        return deletedAt.isPresent() && container.isEmpty();
    }

    public boolean isReady() {
        return ready;
    }

    Instant readyTransitionTime() {
        return readyTransitionTime;
    }

    String phase() {
        if (deletedAt.isPresent() && state instanceof Terminated terminated) {
            return terminated.exitCode() == 0 ? "Succeeded" : "Failed";
        }
        return starts == 0 ? "Pending" : "Running";
    }

    ContainerState state() {
        return state;
    }

    /** The exit of the pod's previous container; empty if there is none. */
    Optional<Terminated> lastTermination() {
        return lastTermination;
    }

    int restarts() {
        return Math.max(0, starts - 1);
    }

    /** The end of the grace period after the deletion of the pod. Kubernetes calls this time the deletion timestamp. */
    Optional<Instant> deletionTimestamp() {
        return deletedAt.map(deleted -> deleted.plus(TERMINATION_GRACE_PERIOD));
    }

    /**
     * Schedules the next restart of the container. The first restart is immediate, and each later delay is twice as
     * long as the one before. When a container has run for ten minutes, the sequence starts again.
     */
    private void backOff(Instant startedAt, Instant now) {
        if (startedAt.plus(BACK_OFF_RESET).isBefore(now)) {
            restartBackOff = Duration.ZERO;
        }
        if (restartBackOff.isPositive()) {
            setState(new Waiting("CrashLoopBackOff"));
        }
        nextStart = now.plus(restartBackOff);
        restartBackOff = Duration.ofSeconds(
                Math.clamp(2 * restartBackOff.toSeconds(), MIN_RESTART_BACK_OFF_SECONDS, MAX_RESTART_BACK_OFF_SECONDS));
    }

    private void setState(ContainerState next) {
        if (state instanceof Terminated terminated) {
            lastTermination = Optional.of(terminated);
        }
        state = next;
    }
}
