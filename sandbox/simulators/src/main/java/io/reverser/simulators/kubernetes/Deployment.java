package io.reverser.simulators.kubernetes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A Deployment of pods that take their environment from a Secret and that Reloader renews with it. It rolls with one more pod
 * than it should have, and never fewer.
 */
final class Deployment {

    final ObjectName name;
    final ObjectName secret;
    final PodRuntime runtime;
    final String uid = UUID.randomUUID().toString();
    final Instant created;
    final List<ReplicaSet> replicaSets = new ArrayList<>();
    DeploymentStatus status;
    private final SortedMap<String, String> annotations = new TreeMap<>();
    private long generation = 1;
    private int replicas;
    private boolean paused;

    Deployment(ObjectName name, int replicas, String secret, PodRuntime runtime, Instant created) {
        this.name = name;
        this.replicas = replicas;
        this.secret = new ObjectName(name.namespace(), secret);
        this.runtime = runtime;
        this.created = created;
        this.status = DeploymentStatus.none(created);
    }

    void scale(int wanted) {
        replicas = wanted;
        generation++;
    }

    void pause(boolean wanted) {
        paused = wanted;
        generation++;
    }

    /** Changes the template of its pods. */
    void annotate(String key, String value) {
        annotations.put(key, value);
        generation++;
    }

    int replicas() {
        return replicas;
    }

    boolean isPaused() {
        return paused;
    }

    long generation() {
        return generation;
    }

    SortedMap<String, String> annotations() {
        return annotations;
    }

    /** The pods of its newest template, if there ever were some. */
    Optional<ReplicaSet> newest() {
        return replicaSets.stream()
                .filter(set -> set.annotations.equals(annotations))
                .findFirst();
    }

    /** All others, oldest first. */
    List<ReplicaSet> older() {
        return replicaSets.stream()
                .filter(set -> !set.annotations.equals(annotations))
                .sorted(Comparator.comparingLong(set -> set.revision))
                .toList();
    }

    long revision() {
        return replicaSets.stream().mapToLong(set -> set.revision).max().orElse(0);
    }

    int desired() {
        return replicaSets.stream().mapToInt(set -> set.desired).sum();
    }

    int available() {
        return replicaSets.stream().mapToInt(ReplicaSet::available).sum();
    }

    int active() {
        return replicaSets.stream().mapToInt(set -> set.active().size()).sum();
    }
}
