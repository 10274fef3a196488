package io.reverser.simulators.aws.secretsmanager;

import io.reverser.simulators.aws.api.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The versions of a secret. The value of a version never changes. If a new version is created outside a running
 * rotation, the label {@code AWSPENDING} is removed from the rotation's version, which ends the rotation.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html">What's in a secret</a>
 */
final class SecretVersions {

    private static final int MAX_DEPRECATED = 100;
    private static final Duration MIN_RETENTION = Duration.ofDays(1);

    private final Map<String, SecretVersion> versions = new LinkedHashMap<>();
    private final StagingLabels labels = new StagingLabels();

    /** All versions of the secret, oldest first. */
    List<SecretVersion> all() {
        return List.copyOf(versions.values());
    }

    StagingLabels labels() {
        return labels;
    }

    boolean contains(String id) {
        return versions.containsKey(id);
    }

    /** Returns the value of a version; empty if the version does not exist or has no value yet. */
    Optional<SecretValue> value(String id) {
        return find(id).flatMap(SecretVersion::value);
    }

    /**
     * Whether a version other than the current one has the label AWSPENDING, which means that a rotation is running.
     */
    boolean isRotating() {
        Optional<String> pending = labels.versionOf(StagingLabels.PENDING);
        return pending.isPresent() && !pending.equals(labels.versionOf(StagingLabels.CURRENT));
    }

    /**
     * Returns the version with both the given ID and the given label; the current version if neither is given.
     *
     * @throws AwsError when there is no such version, or the version has no value
     */
    SecretVersion get(Optional<String> id, Optional<String> label) {
        String wanted = label.orElse(StagingLabels.CURRENT);
        String what = id.map(version -> "VersionId: " + version).orElse("staging label: " + wanted);
        SecretVersion version =
                id.or(() -> labels.versionOf(wanted)).flatMap(this::find).orElseThrow(() -> notFound(what));
        if (label.isPresent() && !labels.isAttached(wanted, version.id())) {
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        if (version.value().isEmpty()) {
            throw notFound(what);
        }
        return version;
    }

    /**
     * Puts a value into a new version, or into the empty version of a rotation. Idempotent: putting the same value
     * again changes nothing.
     *
     * @throws AwsError when the version already has a different value
     */
    void put(String id, SecretValue value, Set<String> requestedLabels, Instant now) {
        Optional<SecretVersion> present = find(id);
        Optional<SecretValue> before = present.flatMap(SecretVersion::value);
        if (before.isPresent() && !before.get().equals(value)) {
            throw alreadyExists(id);
        }
        if (before.isPresent()) {
            return;
        }
        Set<String> all = new TreeSet<>(requestedLabels);
        if (versions.isEmpty()) {
            all.add(StagingLabels.CURRENT);
        }
        labels.attach(all, id);
        if (present.isEmpty() && !all.contains(StagingLabels.PENDING)) {
            labels.detach(StagingLabels.PENDING);
        }
        versions.put(
                id, new SecretVersion(id, present.map(SecretVersion::created).orElse(now), Optional.of(value)));
        prune(now);
    }

    /** Creates the empty version of a rotation, with the label AWSPENDING. */
    void stagePending(String id, Instant now) {
        versions.put(id, new SecretVersion(id, now, Optional.empty()));
        labels.attach(Set.of(StagingLabels.PENDING), id);
    }

    /** Removes a version together with its labels. */
    void remove(String id) {
        versions.remove(id);
        labels.detachAll(id);
    }

    /**
     * Moves a staging label from one version to another.
     *
     * @throws AwsError when one of the versions does not exist, or {@link StagingLabels#move} rejects the move
     */
    void move(String label, Optional<String> to, Optional<String> from) {
        to.ifPresent(this::requireVersion);
        from.ifPresent(this::requireVersion);
        labels.move(label, to, from);
    }

    static AwsError alreadyExists(String id) {
        return new AwsError(
                400,
                "ResourceExistsException",
                "You can't use ClientRequestToken %s because that value is already in use for a version of this secret."
                        .formatted(id));
    }

    /**
     * Deletes the oldest versions without labels when there are more than {@link #MAX_DEPRECATED} of them. Versions
     * that are less than a day old are kept.
     */
    private void prune(Instant now) {
        List<SecretVersion> deprecated = versions.values().stream()
                .filter(version -> labels.labelsOf(version.id()).isEmpty())
                .toList();
        deprecated.stream()
                .limit(Math.max(0, deprecated.size() - MAX_DEPRECATED))
                .filter(version -> version.created().isBefore(now.minus(MIN_RETENTION)))
                .forEach(version -> versions.remove(version.id()));
    }

    private Optional<SecretVersion> find(String id) {
        return Optional.ofNullable(versions.get(id));
    }

    private void requireVersion(String id) {
        if (!contains(id)) {
            throw notFound("VersionId: " + id);
        }
    }

    private static AwsError notFound(String what) {
        return new AwsError(
                400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret value for " + what);
    }
}
