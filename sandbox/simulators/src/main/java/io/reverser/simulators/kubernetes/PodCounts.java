package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How many pods a Deployment has, without those that were told to end.
 *
 * @param replicas of all versions
 * @param updated of the newest version
 * @param available of all versions, and ready
 * @param unavailable how many more there should be
 */
record PodCounts(int replicas, int updated, int available, int unavailable) {

    static final PodCounts NONE = new PodCounts(0, 0, 0, 0);

    static PodCounts of(Deployment deployment) {
        int available = deployment.available();
        return new PodCounts(
                deployment.active(),
                deployment.newest().map(set -> set.active().size()).orElse(0),
                available,
                Math.max(0, deployment.desired() - available));
    }

    boolean isComplete(int wanted) {
        return updated == wanted && replicas == wanted && available == wanted;
    }

    boolean isBetterThan(PodCounts before) {
        return updated > before.updated
                || replicas - updated < before.replicas - before.updated
                || available > before.available;
    }

    /** Kubernetes leaves a count out that is zero. */
    void addTo(ObjectNode status) {
        add(status, "replicas", replicas);
        add(status, "updatedReplicas", updated);
        add(status, "readyReplicas", available);
        add(status, "availableReplicas", available);
        add(status, "unavailableReplicas", unavailable);
    }

    private static void add(ObjectNode status, String name, int count) {
        if (count > 0) {
            status.put(name, count);
        }
    }
}
