package io.reverser.simulators.aws;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A secret and all that is known of it. Whoever looks at it or changes it holds the monitor of {@link Secrets}. */
final class Secret {

    private final String name;
    private final String arn;
    private final Instant created;
    private final SecretVersions versions = new SecretVersions();
    private final Map<String, String> tags = new TreeMap<>();
    private Instant changed;
    private Optional<String> description = Optional.empty();
    private Optional<RotationSettings> rotation = Optional.empty();
    private Optional<Instant> rotated = Optional.empty();
    private Optional<Instant> read = Optional.empty();
    private Optional<Instant> deletion = Optional.empty();

    Secret(String name, String arn, Instant now) {
        this.name = name;
        this.arn = arn;
        this.created = now;
        this.changed = now;
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

    Instant changed() {
        return changed;
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

    /** When it was last rotated with success. */
    Optional<Instant> rotated() {
        return rotated;
    }

    /** When its value was last read. */
    Optional<Instant> read() {
        return read;
    }

    /** When it will be gone. */
    Optional<Instant> deletion() {
        return deletion;
    }

    /** Puts a value; a value that becomes the current one counts as a rotation when the next one is planned. */
    void put(String version, SecretValue value, Set<String> labels, Instant now) {
        versions.put(version, value, labels, now);
        if (versions.labels().isOn(StagingLabels.CURRENT, version)) {
            rotation = rotation.map(settings -> settings.rotated(now));
        }
        changed(now);
    }

    void describe(String text, Instant now) {
        description = Optional.of(text);
        changed(now);
    }

    void tag(Map<String, String> all, Instant now) {
        tags.clear();
        tags.putAll(all);
        changed(now);
    }

    void rotateBy(RotationSettings settings, Instant now) {
        rotation = Optional.of(settings);
        changed(now);
    }

    void rotated(Instant now) {
        rotated = Optional.of(now);
        rotation = rotation.map(settings -> settings.rotated(now));
        changed(now);
    }

    void read(Instant now) {
        read = Optional.of(now);
    }

    void deleteAt(Instant time, Instant now) {
        deletion = Optional.of(time);
        changed(now);
    }

    void changed(Instant now) {
        changed = now;
    }
}
