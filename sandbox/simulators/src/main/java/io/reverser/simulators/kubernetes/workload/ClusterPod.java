package io.reverser.simulators.kubernetes.workload;

import io.reverser.simulators.kubernetes.workload.PodRuntime.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A pod. Its container gets the Secret as it is when it starts; one that ended by itself is started again after a while, with
 * the Secret of that time.
 */
public final class ClusterPod {

    /** As long as the reverser's pods may take to end. */
    static final Duration TERMINATION_GRACE_PERIOD = Duration.ofSeconds(45);

    private static final Duration RESTART_BACK_OFF = Duration.ofSeconds(10);

    public final String name;
    final Instant created;
    private Optional<Instant> deletedAt = Optional.empty();
    private Optional<Container> container = Optional.empty();
    private Instant nextStart;
    private int starts;
    private boolean ready;
    private Instant readyTransitionTime;

    ClusterPod(String name, Instant created) {
        this.name = name;
        this.created = created;
        this.nextStart = created;
        this.readyTransitionTime = created;
    }

    /** What its node does: starts, notices an end, asks whether it is ready. */
    void reconcile(PodRuntime runtime, Optional<Map<String, String>> secret, Instant now) {
        if (deletedAt.isEmpty() && container.filter(Container::isTerminated).isPresent()) {
            container = Optional.empty();
            nextStart = now.plus(RESTART_BACK_OFF);
        }
        if (deletedAt.isEmpty() && container.isEmpty() && secret.isPresent() && !now.isBefore(nextStart)) {
            container = Optional.of(runtime.start(name, secret.get()));
            starts++;
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

    /** Deleted, and nothing of it is left. */
    boolean isTerminated() {
        return deletedAt.isPresent() && container.map(Container::isTerminated).orElse(true);
    }

    public boolean isReady() {
        return ready;
    }

    Instant readyTransitionTime() {
        return readyTransitionTime;
    }

    boolean isRunning() {
        return container.isPresent();
    }

    int restarts() {
        return Math.max(0, starts - 1);
    }

    /** When its time to end is over; Kubernetes calls that the time of its deletion. */
    Optional<Instant> deletionTimestamp() {
        return deletedAt.map(deleted -> deleted.plus(TERMINATION_GRACE_PERIOD));
    }
}
