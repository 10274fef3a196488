package io.reverser.simulators.kubernetes.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A condition in the status of a Kubernetes object.
 *
 * @param lastTransitionTime the time when {@code status} last changed
 */
public record StatusCondition(String type, String status, String reason, String message, Instant lastTransitionTime) {

    /** Updates the condition. The transition time changes only if {@code status} changes. */
    public StatusCondition transitionTo(String newStatus, String newReason, String newMessage, Instant now) {
        return new StatusCondition(
                type, newStatus, newReason, newMessage, status.equals(newStatus) ? lastTransitionTime : now);
    }

    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("status", status)
                .put("reason", reason)
                .put("message", message)
                .put("lastTransitionTime", KubernetesTime.format(lastTransitionTime));
    }
}
