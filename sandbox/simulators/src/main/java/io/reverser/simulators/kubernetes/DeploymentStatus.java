package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What the controller of Deployments last said of one.
 *
 * @param generation of the specification that it has seen
 */
record DeploymentStatus(long generation, PodCounts pods, Condition enough, Progress progress) {

    /** Before the controller's first round. */
    static DeploymentStatus none(Instant now) {
        return new DeploymentStatus(
                0,
                PodCounts.NONE,
                new Condition("Available", "False", "MinimumReplicasUnavailable", "", now),
                Progress.start(now));
    }

    /**
     * After a round of the controller.
     *
     * @param isNew whether it was the first round of a new version
     */
    static DeploymentStatus of(Deployment deployment, boolean isNew, Instant now) {
        DeploymentStatus before = deployment.status;
        PodCounts seen = PodCounts.of(deployment);
        return new DeploymentStatus(
                deployment.generation(),
                seen,
                seen.available() >= deployment.replicas()
                        ? before.enough.next("True", "MinimumReplicasAvailable", "Enough pods are ready.", now)
                        : before.enough.next("False", "MinimumReplicasUnavailable", "Too few pods are ready.", now),
                before.progress.next(deployment, seen, isNew, now));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("observedGeneration", generation);
        pods.addTo(json);
        ArrayNode conditions = json.putArray("conditions");
        conditions.add(enough.json().put("lastUpdateTime", Times.text(enough.changed())));
        conditions.add(progress.json());
        return json;
    }
}
