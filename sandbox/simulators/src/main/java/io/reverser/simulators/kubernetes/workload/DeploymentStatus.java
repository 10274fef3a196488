package io.reverser.simulators.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import io.reverser.simulators.kubernetes.object.StatusCondition;
import java.time.Instant;

/**
 * The status of a Deployment.
 *
 * @param observedGeneration the generation that the Deployment controller has processed
 */
public record DeploymentStatus(
        long observedGeneration, PodCounts pods, StatusCondition available, ProgressingCondition progressing) {

    /** The status of a new Deployment before the first round of the Deployment controller. */
    static DeploymentStatus initial(Instant now) {
        return new DeploymentStatus(
                0,
                PodCounts.NONE,
                new StatusCondition("Available", "False", "MinimumReplicasUnavailable", "", now),
                ProgressingCondition.initial(now));
    }

    /**
     * The status of a Deployment after a round of the Deployment controller.
     *
     * @param isNew whether the round created the newest ReplicaSet
     */
    static DeploymentStatus of(Deployment deployment, boolean isNew, Instant now) {
        DeploymentStatus before = deployment.status;
        PodCounts seen = PodCounts.of(deployment);
        return new DeploymentStatus(
                deployment.generation(),
                seen,
                seen.available() >= deployment.replicas()
                        ? before.available.transitionTo(
                                "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
                        : before.available.transitionTo(
                                "False",
                                "MinimumReplicasUnavailable",
                                "Deployment does not have minimum availability.",
                                now),
                before.progressing.next(deployment, seen, isNew, now));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (observedGeneration == 0) {
            return json;
        }
        json.put("observedGeneration", observedGeneration);
        pods.addTo(json);
        ArrayNode conditions = json.putArray("conditions");
        conditions.add(available.toJson().put("lastUpdateTime", KubernetesTime.format(available.lastTransitionTime())));
        conditions.add(progressing.toJson());
        return json;
    }
}
