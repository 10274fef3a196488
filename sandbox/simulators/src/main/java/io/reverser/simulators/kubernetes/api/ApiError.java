package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serial;

/** An error response of the Kubernetes API, which is a Status object. */
final class ApiError extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;
    private final String clientMessage;

    private ApiError(int code, String reason, String clientMessage, String internalReason) {
        super(internalReason);
        this.code = code;
        this.reason = reason;
        this.clientMessage = clientMessage;
    }

    ApiError(int code, String reason, String message) {
        this(code, reason, message, message);
    }

    /**
     * Creates an error response with status 401, which does not tell the client the reason.
     *
     * @param internalReason the reason for {@link KubernetesApi#rejections}
     */
    static ApiError unauthorized(String internalReason) {
        return new ApiError(401, "Unauthorized", "Unauthorized", internalReason);
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, "BadRequest", message);
    }

    static ApiError forbidden(String user, ApiRequest request) {
        return new ApiError(
                403,
                "Forbidden",
                "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" in the namespace \"%s\""
                        .formatted(
                                request.subject(),
                                user,
                                request.verb(),
                                request.resource(),
                                request.group(),
                                request.namespace()));
    }

    static ApiError notFound(ApiRequest request) {
        return new ApiError(404, "NotFound", request.subject() + " not found");
    }

    static ApiError conflict(ApiRequest request) {
        return new ApiError(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + request.subject()
                        + ": the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiError deniedByPolicy(ApiRequest request, String policy, String message) {
        return new ApiError(
                403,
                "Forbidden",
                "%s is forbidden: ValidatingAdmissionPolicy '%s' with binding '%s' denied request: %s"
                        .formatted(request.subject(), policy, policy, message));
    }

    static ApiError webhookFailed(String webhook, String cause) {
        return new ApiError(
                500,
                "InternalError",
                "Internal error occurred: failed calling webhook \"%s\": failed to call webhook: %s"
                        .formatted(webhook, cause));
    }

    int code() {
        return code;
    }

    ObjectNode toStatus() {
        ObjectNode status =
                JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Failure")
                .put("message", clientMessage)
                .put("reason", reason)
                .put("code", code);
    }
}
