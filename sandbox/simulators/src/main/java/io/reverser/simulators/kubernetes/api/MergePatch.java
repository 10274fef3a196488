package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON Merge Patch (RFC 7396) for Kubernetes objects. A patch cannot change the kind, the name or the namespace of an
 * object.
 */
final class MergePatch {

    private MergePatch() {}

    /**
     * Applies a patch to an object.
     *
     * @throws ApiError when the patch has an outdated resourceVersion (optimistic lock), or changes the object's kind,
     *     name or namespace
     */
    static ObjectNode apply(ObjectNode object, ObjectNode patch, ApiRequest request) {
        JsonNode version = patch.at("/metadata/resourceVersion");
        if (!version.isMissingNode() && !version.equals(object.at("/metadata/resourceVersion"))) {
            throw ApiError.conflict(request);
        }
        ObjectNode changed = object.deepCopy();
        merge(changed, patch);
        for (String fixed : new String[] {"/apiVersion", "/kind", "/metadata/name", "/metadata/namespace"}) {
            if (!changed.at(fixed).equals(object.at(fixed))) {
                throw ApiError.badRequest(fixed + " does not match the object");
            }
        }
        for (String strings : new String[] {"/metadata/annotations", "/metadata/labels"}) {
            changed.at(strings).forEach(value -> {
                if (!value.isTextual()) {
                    throw ApiError.badRequest("cannot unmarshal " + strings + ": not a string");
                }
            });
        }
        return changed;
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(change -> {
            String name = change.getKey();
            if (change.getValue().isNull()) {
                target.remove(name);
            } else if (change.getValue() instanceof ObjectNode inner) {
                ObjectNode within = target.get(name) instanceof ObjectNode present ? present : target.putObject(name);
                merge(within, inner);
            } else {
                target.set(name, change.getValue());
            }
        });
    }
}
