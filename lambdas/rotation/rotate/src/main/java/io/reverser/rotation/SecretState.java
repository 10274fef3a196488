package io.reverser.rotation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Secrets Manager tells about the secret, without its value.
 *
 * @param rotated when it was last rotated, else when it was made
 * @param stages the labels of each version that has any
 * @param told by Secrets Manager's own clock, when it said so
 */
record SecretState(
        boolean isRotationOn,
        Instant rotated,
        Map<String, Set<String>> stages,
        Map<String, String> tags,
        Instant told) {

    static final String CURRENT = "AWSCURRENT";
    static final String PENDING = "AWSPENDING";

    SecretState {
        stages = Map.copyOf(stages);
        tags = Map.copyOf(tags);
    }

    /** The version that applications get. */
    String current() {
        return with(CURRENT).orElseThrow(() -> new UnusableSecret("has no current version"));
    }

    /** The version that is on its way. */
    Optional<String> pending() {
        return with(PENDING);
    }

    boolean isCurrent(String version) {
        return stages.getOrDefault(version, Set.of()).contains(CURRENT);
    }

    boolean isPending(String version) {
        return stages.getOrDefault(version, Set.of()).contains(PENDING);
    }

    private Optional<String> with(String stage) {
        return stages.entrySet().stream()
                .filter(version -> version.getValue().contains(stage))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
