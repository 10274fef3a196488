package io.reverser.simulators.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import io.reverser.simulators.kubernetes.object.StatusCondition;
import java.time.Duration;
import java.time.Instant;

/**
 * The condition Progressing in the status of a Deployment.
 *
 * @param lastUpdateTime the time when the condition was last updated; the progress deadline counts from this time
 */
record ProgressingCondition(StatusCondition condition, Instant lastUpdateTime) {

    static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(10);

    private static final String CREATED = "NewReplicaSetCreated";
    private static final String COMPLETE = "NewReplicaSetAvailable";
    private static final String DEADLINE_EXCEEDED = "ProgressDeadlineExceeded";
    private static final String PAUSED = "DeploymentPaused";

    static ProgressingCondition initial(Instant now) {
        return new ProgressingCondition(new StatusCondition("Progressing", "True", CREATED, "", now), now);
    }

    /**
     * The condition after a round of the Deployment controller.
     *
     * @param isNew whether the round created the newest ReplicaSet
     */
    ProgressingCondition next(Deployment deployment, PodCounts seen, boolean isNew, Instant now) {
        if (deployment.isPaused()) {
            return hasReason(PAUSED) || hasReason(DEADLINE_EXCEEDED)
                    ? this
                    : transitionTo("Unknown", PAUSED, "Deployment is paused", now);
        }
        if (hasReason(PAUSED)) {
            return transitionTo("Unknown", "DeploymentResumed", "Deployment is resumed", now);
        }
        String newest = deployment.newestReplicaSet().orElseThrow().name();
        if (isNew) {
            return transitionTo("True", CREATED, "Created new replica set \"" + newest + "\"", now);
        }
        return nextDuringRollout(deployment, seen, "ReplicaSet \"" + newest + "\"", now);
    }

    /**
     * Returns the next condition while the Deployment is not paused. The progress deadline applies only during a
     * rollout. After the deadline has been exceeded, the condition stays the same until the rollout progresses.
     */
    private ProgressingCondition nextDuringRollout(
            Deployment deployment, PodCounts seen, String replicaSet, Instant now) {
        if (hasReason(COMPLETE) && seen.replicas() == seen.updated()) {
            return this;
        }
        if (seen.isComplete(deployment.replicas())) {
            return transitionTo("True", COMPLETE, replicaSet + " has successfully progressed.", now);
        }
        if (seen.hasProgressedSince(deployment.status.pods())) {
            return transitionTo("True", "ReplicaSetUpdated", replicaSet + " is progressing.", now);
        }
        return !hasReason(COMPLETE)
                        && !hasReason(DEADLINE_EXCEEDED)
                        && now.isAfter(lastUpdateTime.plus(PROGRESS_DEADLINE))
                ? transitionTo("False", DEADLINE_EXCEEDED, replicaSet + " has timed out progressing.", now)
                : this;
    }

    ObjectNode toJson() {
        return condition.toJson().put("lastUpdateTime", KubernetesTime.format(lastUpdateTime));
    }

    private boolean hasReason(String reason) {
        return condition.reason().equals(reason);
    }

    private ProgressingCondition transitionTo(String status, String reason, String message, Instant now) {
        return new ProgressingCondition(condition.transitionTo(status, reason, message, now), now);
    }
}
