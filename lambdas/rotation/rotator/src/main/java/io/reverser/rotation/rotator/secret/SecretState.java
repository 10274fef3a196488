package io.reverser.rotation.rotator.secret;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The description of the secret, without its value.
 *
 * @param lastRotatedAt when the secret was last rotated, or else when it was created
 * @param stages the staging labels of each version that has any
 * @param serverTime the time of the description by Secrets Manager's own clock; the epoch if unknown
 */
public record SecretState(
        boolean isRotationEnabled,
        Instant lastRotatedAt,
        Map<String, Set<String>> stages,
        Map<String, String> tags,
        Instant serverTime) {

    public static final String CURRENT = "AWSCURRENT";
    public static final String PENDING = "AWSPENDING";

    public SecretState {
        stages = Map.copyOf(stages);
        tags = Map.copyOf(tags);
    }

    /** The current version, with the label {@code AWSCURRENT}, which applications get. */
    public String currentVersion() {
        return findByLabel(CURRENT).orElseThrow(() -> new InvalidSecretException("has no current version"));
    }

    /** The pending version, with the label {@code AWSPENDING}, which a rotation is about to make current. */
    public Optional<String> pendingVersion() {
        return findByLabel(PENDING);
    }

    public boolean isCurrent(String version) {
        return stages.getOrDefault(version, Set.of()).contains(CURRENT);
    }

    public boolean isPending(String version) {
        return stages.getOrDefault(version, Set.of()).contains(PENDING);
    }

    private Optional<String> findByLabel(String label) {
        return stages.entrySet().stream()
                .filter(version -> version.getValue().contains(label))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
