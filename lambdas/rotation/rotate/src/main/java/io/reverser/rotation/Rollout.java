package io.reverser.rotation;

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
 * @param obstacle why it is not at rest and whole, in words; nothing when it is
 * @param isFailed whether Kubernetes has given up on it
 * @param pods that run or are about to
 */
record Rollout(Optional<String> obstacle, boolean isFailed, List<Pod> pods) {

    /**
     * A pod.
     *
     * @param template names the pod template that it was made from
     */
    record Pod(String name, String template, Instant created, boolean isEnding) {}

    Rollout {
        pods = List.copyOf(pods);
    }

    /**
     * Reads what Kubernetes says.
     *
     * @param deployment of {@code apps/v1}
     * @param pods a {@code PodList}
     */
    static Rollout read(JsonNode deployment, JsonNode pods) {
        JsonNode status = deployment.path("status");
        JsonNode progressing = condition(status, "Progressing");
        return new Rollout(
                obstacle(deployment),
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

    /** The pod templates that pods were made from. */
    Set<String> templates() {
        return pods.stream().map(Pod::template).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether it is at rest and whole, and all pods were made at this time or after, from none of these templates. */
    boolean isNewerThan(Instant time, Set<String> oldTemplates) {
        return obstacle.isEmpty()
                && pods.stream()
                        .noneMatch(pod -> pod.isEnding()
                                || pod.created().isBefore(time)
                                || oldTemplates.contains(pod.template()));
    }

    /** Whether it is at rest and whole, and no pod was made from the one time to before the other. */
    boolean hasNoneBetween(Instant from, Instant to) {
        return obstacle.isEmpty()
                && pods.stream()
                        .noneMatch(pod -> pod.isEnding()
                                || (!pod.created().isBefore(from)
                                        && pod.created().isBefore(to)));
    }

    private static Optional<String> obstacle(JsonNode deployment) {
        JsonNode status = deployment.path("status");
        int wanted = deployment.at("/spec/replicas").asInt(1);
        int updated = status.path("updatedReplicas").asInt();
        int there = status.path("replicas").asInt();
        int available = status.path("availableReplicas").asInt();
        if (deployment.at("/spec/paused").asBoolean()) {
            return Optional.of("the Deployment is paused");
        }
        if (wanted == 0) {
            return Optional.of("the Deployment has no pods");
        }
        boolean seen = status.path("observedGeneration").asLong()
                >= deployment.at("/metadata/generation").asLong();
        return seen && updated == wanted && there == wanted && available == wanted
                ? Optional.empty()
                : Optional.of("%d of %d pods are new, %d of %d available".formatted(updated, wanted, available, there));
    }

    private static JsonNode condition(JsonNode status, String type) {
        return status.path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
