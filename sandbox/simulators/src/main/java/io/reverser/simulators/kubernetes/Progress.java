package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/**
 * What a Deployment's condition Progressing says.
 *
 * @param updated when it was last said
 */
record Progress(Condition condition, Instant updated) {

    static final Duration DEADLINE = Duration.ofMinutes(10);

    private static final String CREATED = "NewReplicaSetCreated";
    private static final String DONE = "NewReplicaSetAvailable";
    private static final String LATE = "ProgressDeadlineExceeded";
    private static final String PAUSED = "DeploymentPaused";

    static Progress start(Instant now) {
        return new Progress(new Condition("Progressing", "True", CREATED, "Created new replica set", now), now);
    }

    /**
     * After a round of the controller.
     *
     * @param isNew whether it was the first round of a new version
     */
    Progress next(Deployment deployment, PodCounts seen, boolean isNew, Instant now) {
        if (deployment.isPaused()) {
            return is(PAUSED) || is(LATE) ? this : because("Unknown", PAUSED, "Deployment is paused", now);
        }
        if (is(PAUSED)) {
            return because("Unknown", "DeploymentResumed", "Deployment is resumed", now);
        }
        if (isNew) {
            return because("True", CREATED, "Created new replica set", now);
        }
        return rolling(deployment, seen, now);
    }

    /** Nothing is late when nothing rolls, nor when it was said already. */
    private Progress rolling(Deployment deployment, PodCounts seen, Instant now) {
        if (is(DONE) && seen.replicas() == seen.updated()) {
            return this;
        }
        if (seen.isComplete(deployment.replicas())) {
            return because("True", DONE, "ReplicaSet has successfully progressed.", now);
        }
        if (seen.isBetterThan(deployment.status.pods())) {
            return because("True", "ReplicaSetUpdated", "ReplicaSet is progressing.", now);
        }
        return !is(DONE) && !is(LATE) && now.isAfter(updated.plus(DEADLINE))
                ? because("False", LATE, "ReplicaSet has timed out progressing.", now)
                : this;
    }

    ObjectNode json() {
        return condition.json().put("lastUpdateTime", Times.text(updated));
    }

    private boolean is(String reason) {
        return condition.reason().equals(reason);
    }

    private Progress because(String status, String reason, String message, Instant now) {
        return new Progress(condition.next(status, reason, message, now), now);
    }
}
