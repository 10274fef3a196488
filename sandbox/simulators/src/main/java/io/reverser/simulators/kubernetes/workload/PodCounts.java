package io.reverser.simulators.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How many pods a Deployment has; those that were told to end are counted apart.
 *
 * @param replicas of all versions
 * @param updated of the newest version
 * @param available of all versions, and ready
 * @param unavailable how many more there should be
 * @param terminating of all versions, and told to end
 */
public record PodCounts(int replicas, int updated, int available, int unavailable, int terminating) {

    static final PodCounts NONE = new PodCounts(0, 0, 0, 0, 0);

    static PodCounts of(Deployment deployment) {
        int available = deployment.availablePods();
        return new PodCounts(
                deployment.activePods(),
                deployment
                        .newestReplicaSet()
                        .map(replicaSet -> replicaSet.activePods().size())
                        .orElse(0),
                available,
                Math.max(0, deployment.desiredPods() - available),
                deployment.terminatingPods());
    }

    public boolean isComplete(int wanted) {
        return updated == wanted && replicas == wanted && available == wanted;
    }

    boolean hasProgressedSince(PodCounts before) {
        return updated > before.updated
                || replicas - updated < before.replicas - before.updated
                || available > before.available;
    }

    /** Kubernetes leaves a count out that is zero, but for that of pods that end. */
    void addTo(ObjectNode status) {
        add(status, "replicas", replicas);
        add(status, "updatedReplicas", updated);
        add(status, "readyReplicas", available);
        add(status, "availableReplicas", available);
        add(status, "unavailableReplicas", unavailable);
        status.put("terminatingReplicas", terminating);
    }

    private static void add(ObjectNode status, String name, int count) {
        if (count > 0) {
            status.put(name, count);
        }
    }
}
