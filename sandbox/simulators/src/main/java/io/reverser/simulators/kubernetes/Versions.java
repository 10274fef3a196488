package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Gives every state of every object another number. */
final class Versions {

    private final Map<String, Numbered> known = new HashMap<>();
    private long last;

    private record Numbered(ObjectNode state, long number) {}

    /** Adds its version to an object; the same as the last time if it is the same. */
    ObjectNode numbered(ObjectNode object) {
        String key = object.path("kind") + "/" + object.at("/metadata/namespace") + "/" + object.at("/metadata/name");
        Numbered seen = known.compute(
                key,
                (same, before) -> before != null && before.state().equals(object)
                        ? before
                        : new Numbered(object.deepCopy(), ++last));
        object.withObject("metadata").put("resourceVersion", String.valueOf(seen.number()));
        return object;
    }

    /** Of everything as it is. */
    String last() {
        return String.valueOf(last);
    }
}
