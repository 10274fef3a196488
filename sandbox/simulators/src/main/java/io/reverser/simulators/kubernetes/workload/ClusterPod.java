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
 * A pod with one container. The container gets the Secret as it is when the container starts. A container that exits restarts
 * with the Secret of that time: first at once, then with exponential back-off.
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

    /** One round of the kubelet: it starts the container, sees it exit, and probes whether it is ready. */
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

    /** Deleted, and its container exited or never ran: the kubelet removes it next. */
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

    /** How the container before this one exited. */
    Optional<Terminated> lastTermination() {
        return lastTermination;
    }

    int restarts() {
        return Math.max(0, starts - 1);
    }

    /** The end of the grace period, which is what Kubernetes calls the deletion timestamp. */
    Optional<Instant> deletionTimestamp() {
        return deletedAt.map(deleted -> deleted.plus(TERMINATION_GRACE_PERIOD));
    }

    /** The first restart is immediate, each further one waits twice as long, until a container has run for ten minutes. */
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
