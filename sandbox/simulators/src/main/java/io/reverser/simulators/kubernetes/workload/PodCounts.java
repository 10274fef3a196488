package io.reverser.simulators.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The pod counts in a Deployment's status. Terminating pods are included only in {@code terminating}.
 *
 * @param replicas all pods
 * @param updated pods of the newest ReplicaSet
 * @param available ready pods
 * @param unavailable the number of ready pods that are missing
 * @param terminating deleted pods that still run
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

    /**
     * Adds the counts to the status of a Deployment. As in Kubernetes, counts of zero are omitted, except the count of
     * terminating pods.
     */
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
