package io.reverser.simulators.kubernetes.workload;

import io.reverser.simulators.kubernetes.object.ContentHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A ReplicaSet: the pods of one version of a Deployment's pod template. */
public final class ReplicaSet {

    final String uid = UUID.randomUUID().toString();
    final String hash;
    final Map<String, String> annotations;
    public final List<ClusterPod> pods = new ArrayList<>();
    long revision;
    int desired;
    private final String name;
    private int podCounter;

    /** Creates the ReplicaSet of a pod template with the given annotations. */
    ReplicaSet(String deployment, Map<String, String> annotations) {
        this.hash = ContentHash.sha256(annotations.toString()).substring(0, 10);
        this.name = deployment + "-" + hash;
        this.annotations = Map.copyOf(annotations);
    }

    String name() {
        return name;
    }

    public List<ClusterPod> activePods() {
        return pods.stream().filter(ClusterPod::isActive).toList();
    }

    int availablePods() {
        return Math.toIntExact(activePods().stream().filter(ClusterPod::isReady).count());
    }

    /** Creates missing pods and deletes surplus pods. Unready pods are deleted first, then the newest ready pods. */
    void reconcile(NodePool nodes, Instant now) {
        List<ClusterPod> active = activePods();
        for (int missing = desired - active.size(); missing > 0; missing--) {
            pods.add(new ClusterPod("%s-%05d".formatted(name, ++podCounter), nodes.place(), now));
        }
        active.stream()
                .sorted(Comparator.comparing(ClusterPod::isReady)
                        .thenComparing(pod -> pod.created, Comparator.reverseOrder())
                        .thenComparing(pod -> pod.name, Comparator.reverseOrder()))
                .limit(Math.max(0, active.size() - desired))
                .forEach(pod -> pod.delete(now));
    }
}
