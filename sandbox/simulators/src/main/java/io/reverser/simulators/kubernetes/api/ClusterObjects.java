package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;

/** Answers what somebody asks who may. */
final class ClusterObjects {

    static final String MERGE_PATCH = "application/merge-patch+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NOT_SIMULATED = Set.of("continue", "dryRun", "fieldSelector", "limit", "watch");

    private final KubernetesCluster cluster;

    ClusterObjects(KubernetesCluster cluster) {
        this.cluster = cluster;
    }

    /** What a request is called where faults are planned. */
    static String operation(ApiRequest request) {
        return switch (request.verb() + " " + request.version() + " " + request.resource()) {
            case "get apps/v1 deployments" -> "GetDeployment";
            case "list v1 pods" -> "ListPods";
            case "get external-secrets.io/v1 externalsecrets" -> "GetExternalSecret";
            case "patch external-secrets.io/v1 externalsecrets" -> "PatchExternalSecret";
            default -> "Unknown";
        };
    }

    /**
     * Does it.
     *
     * @param type of the body
     */
    JsonNode answer(ApiRequest request, String type, byte[] body) {
        request.query().keySet().stream()
                .filter(NOT_SIMULATED::contains)
                .findAny()
                .ifPresent(parameter -> {
                    throw ApiError.badRequest(parameter + " is not simulated");
                });
        return switch (operation(request)) {
            case "GetDeployment" -> cluster.deployment(request.object()).orElseThrow(() -> ApiError.notFound(request));
            case "ListPods" -> pods(request);
            case "GetExternalSecret" ->
                cluster.externalSecret(request.object()).orElseThrow(() -> ApiError.notFound(request));
            case "PatchExternalSecret" -> patch(request, type, body);
            default -> throw unknown(request);
        };
    }

    private JsonNode pods(ApiRequest request) {
        Predicate<JsonNode> selector = LabelSelector.of(request.query().getOrDefault("labelSelector", ""));
        ObjectNode list =
                JsonNodeFactory.instance.objectNode().put("kind", "PodList").put("apiVersion", "v1");
        ObjectNode metadata = list.putObject("metadata");
        cluster.pods(request.namespace()).stream().filter(selector).forEach(list.putArray("items")::add);
        metadata.put("resourceVersion", cluster.version());
        return list;
    }

    private JsonNode patch(ApiRequest request, String type, byte[] body) {
        if (!type.equals(MERGE_PATCH)) {
            throw new ApiError(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: " + MERGE_PATCH);
        }
        ObjectNode patch = object(body);
        return cluster.change(request.object(), present -> MergePatch.apply(present, patch, request))
                .orElseThrow(() -> ApiError.notFound(request));
    }

    private static ObjectNode object(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
            throw ApiError.badRequest("the patch is no object");
        } catch (JsonProcessingException failure) {
            throw ApiError.badRequest("the patch is no JSON");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Something that is there, but that nothing like this can be done to; or something that is not there at all. */
    private static ApiError unknown(ApiRequest request) {
        return switch (request.version() + " " + request.resource()) {
            case "apps/v1 deployments", "v1 pods", "external-secrets.io/v1 externalsecrets" ->
                new ApiError(
                        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
            default -> new ApiError(404, "NotFound", "the server could not find the requested resource");
        };
    }
}
