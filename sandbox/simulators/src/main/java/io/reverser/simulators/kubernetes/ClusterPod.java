package io.reverser.simulators.kubernetes;

import io.reverser.simulators.kubernetes.PodRuntime.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A pod. Its container gets the Secret as it is when it starts; one that ended by itself is started again after a while, with
 * the Secret of that time.
 */
final class ClusterPod {

    /** As long as the reverser's pods may take to end. */
    static final Duration GRACE = Duration.ofSeconds(45);

    private static final Duration BACK_OFF = Duration.ofSeconds(10);

    final String name;
    final Instant created;
    private Optional<Instant> deleted = Optional.empty();
    private Optional<Pod> container = Optional.empty();
    private Instant nextStart;
    private int starts;
    private boolean ready;
    private Instant readyChanged;

    ClusterPod(String name, Instant created) {
        this.name = name;
        this.created = created;
        this.nextStart = created;
        this.readyChanged = created;
    }

    /** What its node does: starts, notices an end, asks whether it is ready. */
    void look(PodRuntime runtime, Optional<Map<String, String>> secret, Instant now) {
        if (deleted.isEmpty() && container.filter(Pod::isGone).isPresent()) {
            container = Optional.empty();
            nextStart = now.plus(BACK_OFF);
        }
        if (deleted.isEmpty() && container.isEmpty() && secret.isPresent() && !now.isBefore(nextStart)) {
            container = Optional.of(runtime.start(name, secret.get()));
            starts++;
        }
        boolean isReady = container.filter(Pod::isReady).isPresent();
        if (isReady != ready) {
            ready = isReady;
            readyChanged = now;
        }
    }

    void delete(Instant now) {
        deleted = Optional.of(now);
        container.ifPresent(Pod::stop);
    }

    void kill() {
        container.ifPresent(Pod::kill);
    }

    boolean isActive() {
        return deleted.isEmpty();
    }

    /** Deleted, and nothing of it is left. */
    boolean isGone() {
        return deleted.isPresent() && container.map(Pod::isGone).orElse(true);
    }

    boolean isReady() {
        return ready;
    }

    Instant readyChanged() {
        return readyChanged;
    }

    boolean isRunning() {
        return container.isPresent();
    }

    int restarts() {
        return Math.max(0, starts - 1);
    }

    /** When its time to end is over; Kubernetes calls that the time of its deletion. */
    Optional<Instant> deletion() {
        return deleted.map(asked -> asked.plus(GRACE));
    }
}
