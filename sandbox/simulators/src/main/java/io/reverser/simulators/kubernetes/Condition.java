package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A condition in the status of an object.
 *
 * @param changed when its status last became another
 */
record Condition(String type, String status, String reason, String message, Instant changed) {

    /** The same condition now: when it changed stays unless its status is another. */
    Condition next(String newStatus, String newReason, String newMessage, Instant now) {
        return new Condition(type, newStatus, newReason, newMessage, status.equals(newStatus) ? changed : now);
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("status", status)
                .put("reason", reason)
                .put("message", message)
                .put("lastTransitionTime", Times.text(changed));
    }
}
