package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;

/** Handles requests to the Kubernetes API that are authenticated and authorized. */
final class ResourceHandler {

    static final String MERGE_PATCH = "application/merge-patch+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NOT_SIMULATED = Set.of("continue", "dryRun", "fieldSelector", "limit", "watch");

    private final KubernetesCluster cluster;

    ResourceHandler(KubernetesCluster cluster) {
        this.cluster = cluster;
    }

    /** The name of a request's operation, by which the fault injector identifies calls. */
    static String operation(ApiRequest request) {
        return switch (request.verb() + " " + request.apiVersion() + " " + request.resource()) {
            case "get apps/v1 deployments" -> "GetDeployment";
            case "list v1 pods" -> "ListPods";
            case "get external-secrets.io/v1 externalsecrets" -> "GetExternalSecret";
            case "patch external-secrets.io/v1 externalsecrets" -> "PatchExternalSecret";
            case "delete external-secrets.io/v1 externalsecrets" -> "DeleteExternalSecret";
            default -> "Unknown";
        };
    }

    /**
     * Handles an authorized request.
     *
     * @param caller the caller's access entry
     * @param contentType the media type of the request body
     */
    JsonNode handle(AccessEntry caller, ApiRequest request, String contentType, byte[] body) {
        request.query().keySet().stream()
                .filter(NOT_SIMULATED::contains)
                .findAny()
                .ifPresent(parameter -> {
                    throw ApiError.badRequest(parameter + " is not simulated");
                });
        return switch (operation(request)) {
            case "GetDeployment" ->
                cluster.deployment(request.objectName()).orElseThrow(() -> ApiError.notFound(request));
            case "ListPods" -> listPods(request);
            case "GetExternalSecret" ->
                cluster.externalSecret(request.objectName()).orElseThrow(() -> ApiError.notFound(request));
            case "PatchExternalSecret" -> patchExternalSecret(caller, request, contentType, body);
            case "DeleteExternalSecret" -> deleteExternalSecret(request);
            default -> throw unsupported(request);
        };
    }

    private JsonNode listPods(ApiRequest request) {
        Predicate<JsonNode> selector = LabelSelector.parse(request.query().getOrDefault("labelSelector", ""));
        ObjectNode list =
                JsonNodeFactory.instance.objectNode().put("kind", "PodList").put("apiVersion", "v1");
        ObjectNode metadata = list.putObject("metadata");
        cluster.pods(request.namespace()).stream().filter(selector).forEach(list.putArray("items")::add);
        metadata.put("resourceVersion", cluster.resourceVersion());
        return list;
    }

    private JsonNode patchExternalSecret(AccessEntry caller, ApiRequest request, String contentType, byte[] body) {
        if (!contentType.equals(MERGE_PATCH)) {
            throw new ApiError(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: " + MERGE_PATCH);
        }
        ObjectNode patch = parsePatch(body);
        return cluster.updateExternalSecret(request.objectName(), present -> {
                    ObjectNode changed = MergePatch.apply(present, patch, request);
                    RotationAdmissionPolicy.validate(caller, request, present, changed);
                    callWebhook();
                    return changed;
                })
                .orElseThrow(() -> ApiError.notFound(request));
    }

    private JsonNode deleteExternalSecret(ApiRequest request) {
        cluster.externalSecret(request.objectName()).ifPresent(present -> callWebhook());
        return cluster.deleteExternalSecret(request.objectName()).orElseThrow(() -> ApiError.notFound(request));
    }

    /**
     * Calls the webhook of External Secrets, which validates every change of an ExternalSecret. If the webhook does not
     * respond, the API server rejects the change (failurePolicy Fail).
     */
    private void callWebhook() {
        if (!cluster.isWebhookRunning()) {
            throw ApiError.webhookFailed(
                    "validate.externalsecret.external-secrets.io",
                    "no endpoints available for service \"external-secrets-webhook\"");
        }
    }

    private static ObjectNode parsePatch(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
            throw ApiError.badRequest("the patch is not an object");
        } catch (JsonProcessingException failure) {
            throw ApiError.badRequest("the patch is not JSON");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The error for a request that is not supported: the resource is unknown, or is known but does not have this
     * operation.
     */
    private static ApiError unsupported(ApiRequest request) {
        return switch (request.apiVersion() + " " + request.resource()) {
            case "apps/v1 deployments", "v1 pods", "external-secrets.io/v1 externalsecrets" ->
                new ApiError(
                        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
            default -> new ApiError(404, "NotFound", "the server could not find the requested resource");
        };
    }
}
