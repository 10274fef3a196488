package io.reverser.rotation.rotator.eventlog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A note as a line of the log, in the form of all audit records of the platform. */
final class AuditLog {

    private AuditLog() {}

    static String format(String environment, RotationLogEntry entry) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.putObject("audit")
                .put("at", entry.at().toString())
                .put("subject", entry.subject())
                .put("actor", "platform")
                .put("action", "ROTATE")
                .put("outcome", entry.type().name())
                .putObject("detail")
                .put("environment", environment)
                .put("what", entry.message());
        return line.toString();
    }
}
