package io.reverser.rotation.rotator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The application's Deployment and its pods.
 *
 * @param notReadyReason why the Deployment is not ready, in words; empty when all pods are updated and available
 * @param isFailed whether the Deployment's rollout exceeded its progress deadline
 * @param pods the pods that have not terminated
 */
public record WorkloadStatus(Optional<String> notReadyReason, boolean isFailed, List<Pod> pods) {

    /**
     * A pod of the Deployment.
     *
     * @param templateHash the hash of the pod template from which the pod was created
     */
    record Pod(String name, String templateHash, Instant createdAt, boolean isTerminating) {}

    public WorkloadStatus {
        pods = List.copyOf(pods);
    }

    /**
     * Parses responses of the Kubernetes API.
     *
     * @param deployment a {@code Deployment} of {@code apps/v1}
     * @param pods a {@code PodList}
     */
    static WorkloadStatus parse(JsonNode deployment, JsonNode pods) {
        JsonNode status = deployment.path("status");
        JsonNode progressing = condition(status, "Progressing");
        return new WorkloadStatus(
                notReadyReason(deployment),
                progressing.path("reason").asText().equals("ProgressDeadlineExceeded"),
                pods.path("items")
                        .valueStream()
                        .filter(pod -> !pod.at("/status/phase").asText().matches("Succeeded|Failed"))
                        .map(pod -> new Pod(
                                pod.at("/metadata/name").asText(),
                                pod.at("/metadata/labels/pod-template-hash").asText(),
                                Instant.parse(
                                        pod.at("/metadata/creationTimestamp").asText()),
                                pod.path("metadata").hasNonNull("deletionTimestamp")))
                        .toList());
    }

    Set<String> templateHashes() {
        return pods.stream().map(Pod::templateHash).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the Deployment is ready, and every pod was created at this time or later and from a new template. */
    public boolean hasOnlyPodsNewerThan(Instant time, Set<String> oldTemplates) {
        return notReadyReason.isEmpty()
                && pods.stream()
                        .noneMatch(pod -> pod.isTerminating()
                                || pod.createdAt().isBefore(time)
                                || oldTemplates.contains(pod.templateHash()));
    }

    /** Whether the Deployment is ready, and no pod was created between these times (the end is exclusive). */
    public boolean hasNoPodsCreatedBetween(Instant from, Instant to) {
        return notReadyReason.isEmpty()
                && pods.stream()
                        .noneMatch(pod -> pod.isTerminating()
                                || (!pod.createdAt().isBefore(from)
                                        && pod.createdAt().isBefore(to)));
    }

    private static Optional<String> notReadyReason(JsonNode deployment) {
        JsonNode status = deployment.path("status");
        int desired = deployment.at("/spec/replicas").asInt(1);
        int updated = status.path("updatedReplicas").asInt();
        int existing = status.path("replicas").asInt();
        int available = status.path("availableReplicas").asInt();
        if (deployment.at("/spec/paused").asBoolean()) {
            return Optional.of("the Deployment is paused");
        }
        if (desired == 0) {
            return Optional.of("the Deployment is scaled to 0 pods");
        }
        boolean observed = status.path("observedGeneration").asLong()
                >= deployment.at("/metadata/generation").asLong();
        return observed && updated == desired && existing == desired && available == desired
                ? Optional.empty()
                : Optional.of("%d of %d pods are updated, %d of %d available"
                        .formatted(updated, desired, available, existing));
    }

    private static JsonNode condition(JsonNode status, String type) {
        return status.path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
