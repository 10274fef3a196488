package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.simulators.aws.eks.AccessEntry;

/** Simulates the ValidatingAdmissionPolicy in {@code kustomize/cluster/rotation.yaml}. */
final class RotationAdmissionPolicy {

    private RotationAdmissionPolicy() {}

    /**
     * Validates a change of an ExternalSecret by the rotation function.
     *
     * @throws ApiError when the rotation function changes the spec or sets an owner
     */
    static void validate(AccessEntry caller, ApiRequest request, JsonNode before, JsonNode after) {
        if (!caller.groups().contains(RbacAuthorizer.ROTATION_GROUP)) {
            return;
        }
        if (!after.path("spec").equals(before.path("spec"))) {
            throw ApiError.deniedByPolicy(
                    request, "rotation", "the rotation may change only metadata, to force a sync, and not the spec");
        }
        if (after.path("metadata").has("ownerReferences")) {
            throw ApiError.deniedByPolicy(request, "rotation", "the rotation may not set an owner");
        }
    }
}
