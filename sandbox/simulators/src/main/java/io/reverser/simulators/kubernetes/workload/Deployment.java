package io.reverser.simulators.kubernetes.workload;

import io.reverser.simulators.kubernetes.object.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A Deployment whose pods take their environment variables from a Secret. Reloader starts a rollout when the Secret
 * changes. A rollout creates at most one surplus pod, and makes no pod unavailable.
 */
public final class Deployment {

    public final ObjectName name;
    public final ObjectName secret;
    final PodRuntime runtime;
    final NodePool nodes;
    final String uid = UUID.randomUUID().toString();
    final Instant created;
    public final List<ReplicaSet> replicaSets = new ArrayList<>();
    public DeploymentStatus status;
    private final SortedMap<String, String> templateAnnotations = new TreeMap<>();
    private long generation = 1;
    private int replicas;
    private boolean paused;

    public Deployment(
            ObjectName name, int replicas, String secret, PodRuntime runtime, NodePool nodes, Instant created) {
        this.name = name;
        this.replicas = replicas;
        this.secret = new ObjectName(name.namespace(), secret);
        this.runtime = runtime;
        this.nodes = nodes;
        this.created = created;
        this.status = DeploymentStatus.initial(created);
    }

    public void scale(int newReplicas) {
        replicas = newReplicas;
        generation++;
    }

    public void setPaused(boolean newPaused) {
        paused = newPaused;
        generation++;
    }

    /** Sets an annotation of the pod template, which starts a rollout. */
    void annotateTemplate(String key, String value) {
        templateAnnotations.put(key, value);
        generation++;
    }

    public int replicas() {
        return replicas;
    }

    boolean isPaused() {
        return paused;
    }

    public long generation() {
        return generation;
    }

    SortedMap<String, String> templateAnnotations() {
        return templateAnnotations;
    }

    /** The ReplicaSet of the current pod template, if it has been created. */
    Optional<ReplicaSet> newestReplicaSet() {
        return replicaSets.stream()
                .filter(replicaSet -> replicaSet.annotations.equals(templateAnnotations))
                .findFirst();
    }

    /** All ReplicaSets of earlier pod templates, oldest first. */
    List<ReplicaSet> olderReplicaSets() {
        return replicaSets.stream()
                .filter(replicaSet -> !replicaSet.annotations.equals(templateAnnotations))
                .sorted(Comparator.comparingLong(replicaSet -> replicaSet.revision))
                .toList();
    }

    long revision() {
        return replicaSets.stream()
                .mapToLong(replicaSet -> replicaSet.revision)
                .max()
                .orElse(0);
    }

    int desiredPods() {
        return replicaSets.stream().mapToInt(replicaSet -> replicaSet.desired).sum();
    }

    int availablePods() {
        return replicaSets.stream().mapToInt(ReplicaSet::availablePods).sum();
    }

    int terminatingPods() {
        return Math.toIntExact(replicaSets.stream()
                .flatMap(replicaSet -> replicaSet.pods.stream())
                .filter(pod -> !pod.isActive() && !pod.isTerminated())
                .count());
    }

    int activePods() {
        return replicaSets.stream()
                .mapToInt(replicaSet -> replicaSet.activePods().size())
                .sum();
    }
}
