package io.reverser.simulators.kubernetes.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Assigns resource versions: each change of an object gives the object a new version. */
public final class ResourceVersions {

    private final Map<String, VersionedState> versions = new HashMap<>();
    private long latest;

    private record VersionedState(ObjectNode state, long version) {}

    /** Sets the resource version of an object. The version changes only if the object has changed. */
    public ObjectNode withResourceVersion(ObjectNode object) {
        String key = object.path("kind") + "/" + object.at("/metadata/namespace") + "/" + object.at("/metadata/name");
        VersionedState seen = versions.compute(
                key,
                (same, before) -> before != null && before.state().equals(object)
                        ? before
                        : new VersionedState(object.deepCopy(), ++latest));
        object.withObject("metadata").put("resourceVersion", String.valueOf(seen.version()));
        return object;
    }

    /** The latest resource version of any object. */
    public String latest() {
        return String.valueOf(latest);
    }
}
