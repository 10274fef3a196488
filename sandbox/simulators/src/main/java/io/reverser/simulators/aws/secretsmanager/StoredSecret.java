package io.reverser.simulators.aws.secretsmanager;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A secret, its versions and its settings. Not thread-safe: callers must hold the monitor of {@link SecretRepository}.
 */
final class StoredSecret {

    private final String name;
    private final String arn;
    private final Instant created;
    private final SecretVersions versions = new SecretVersions();
    private final Map<String, String> tags = new TreeMap<>();
    private Instant lastChanged;
    private Optional<String> description = Optional.empty();
    private Optional<RotationSettings> rotation = Optional.empty();
    private Optional<Instant> lastRotated = Optional.empty();
    private Optional<Instant> lastAccessed = Optional.empty();
    private Optional<Instant> deletionDate = Optional.empty();

    StoredSecret(String name, String arn, Instant now) {
        this.name = name;
        this.arn = arn;
        this.created = now;
        this.lastChanged = now;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    Instant created() {
        return created;
    }

    Instant lastChanged() {
        return lastChanged;
    }

    SecretVersions versions() {
        return versions;
    }

    Map<String, String> tags() {
        return new TreeMap<>(tags);
    }

    Optional<String> description() {
        return description;
    }

    Optional<RotationSettings> rotation() {
        return rotation;
    }

    /** The time of the secret's latest successful rotation. */
    Optional<Instant> lastRotated() {
        return lastRotated;
    }

    /** The time when the secret's value was last read. */
    Optional<Instant> lastAccessed() {
        return lastAccessed;
    }

    /** The end of the secret's recovery window; empty if the secret is not scheduled for deletion. */
    Optional<Instant> deletionDate() {
        return deletionDate;
    }

    /**
     * Puts a value into a version of the secret. If that version becomes the current one, the rotation schedule counts
     * this as a rotation.
     */
    void putVersion(String version, SecretValue value, Set<String> labels, Instant now) {
        versions.put(version, value, labels, now);
        if (versions.labels().isAttached(StagingLabels.CURRENT, version)) {
            rotation = rotation.map(settings -> settings.rescheduled(now));
        }
        markChanged(now);
    }

    void setDescription(String text, Instant now) {
        description = Optional.of(text);
        markChanged(now);
    }

    void setTags(Map<String, String> newTags, Instant now) {
        tags.clear();
        tags.putAll(newTags);
        markChanged(now);
    }

    void setRotation(RotationSettings settings, Instant now) {
        rotation = Optional.of(settings);
        markChanged(now);
    }

    void markRotated(Instant now) {
        lastRotated = Optional.of(now);
        rotation = rotation.map(settings -> settings.rescheduled(now));
        markChanged(now);
    }

    void markAccessed(Instant now) {
        lastAccessed = Optional.of(now);
    }

    void scheduleDeletion(Instant time, Instant now) {
        deletionDate = Optional.of(time);
        markChanged(now);
    }

    void markChanged(Instant now) {
        lastChanged = now;
    }
}
