package io.reverser.rotation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A note as a line of the log, in the form of all audit records of the platform. */
final class Audit {

    private Audit() {}

    static String line(String environment, Note note) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.putObject("audit")
                .put("at", note.at().toString())
                .put("subject", note.subject())
                .put("actor", "platform")
                .put("action", "ROTATE")
                .put("outcome", note.mark().name())
                .putObject("detail")
                .put("environment", environment)
                .put("what", note.detail());
        return line.toString();
    }
}
