package io.reverser.simulators.aws.secretsmanager;

import io.reverser.simulators.aws.api.AwsError;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The staging labels of a secret, each on at most one version. When a version loses the label {@code AWSCURRENT}, it
 * receives the label {@code AWSPREVIOUS}.
 */
final class StagingLabels {

    static final String CURRENT = "AWSCURRENT";
    static final String PENDING = "AWSPENDING";
    private static final String PREVIOUS = "AWSPREVIOUS";
    private static final int MAX_LABELS_PER_VERSION = 20;

    private final Map<String, String> versions = new TreeMap<>();

    /** All labels, each with the ID of the version that it is attached to. */
    Map<String, String> all() {
        return new TreeMap<>(versions);
    }

    /** The labels of a version. */
    Set<String> labelsOf(String version) {
        var found = new TreeSet<>(versions.keySet());
        found.removeIf(label -> !isAttached(label, version));
        return found;
    }

    /** The ID of the version with the given label. */
    Optional<String> versionOf(String label) {
        return Optional.ofNullable(versions.get(label));
    }

    boolean isAttached(String label, String version) {
        return version.equals(versions.get(label));
    }

    /**
     * Attaches labels to a version and detaches them from all other versions.
     *
     * @throws AwsError when the version would have too many labels
     */
    void attach(Set<String> labels, String version) {
        Set<String> together = labelsOf(version);
        together.addAll(labels);
        if (together.size() > MAX_LABELS_PER_VERSION) {
            throw new AwsError(
                    400,
                    "LimitExceededException",
                    "A version can have at most %d staging labels.".formatted(MAX_LABELS_PER_VERSION));
        }
        Optional<String> before = versionOf(CURRENT);
        labels.forEach(label -> versions.put(label, version));
        before.filter(current -> !isAttached(CURRENT, current)).ifPresent(current -> versions.put(PREVIOUS, current));
    }

    /** Detaches a label from its version. */
    void detach(String label) {
        versions.remove(label);
    }

    /** Detaches all labels of a version. */
    void detachAll(String version) {
        versions.values().removeIf(version::equals);
    }

    /**
     * Moves a label to another version. The caller must name the version that has the label now.
     *
     * @throws AwsError when the label is not on the version that the caller named, or the move would remove the label
     *     AWSCURRENT
     */
    void move(String label, Optional<String> to, Optional<String> from) {
        Optional<String> holder = versionOf(label);
        if (from.isEmpty() && to.isEmpty()) {
            throw AwsError.invalidParameter("You must specify MoveToVersionId or RemoveFromVersionId.");
        }
        if (from.isEmpty() && holder.isPresent() && !holder.equals(to)) {
            throw AwsError.invalidParameter(
                    ("The parameter RemoveFromVersionId can't be empty. Staging label %s is currently attached to version %s,"
                                    + " so you must explicitly reference that version in RemoveFromVersionId.")
                            .formatted(label, holder.get()));
        }
        if (from.isPresent() && !from.equals(holder)) {
            throw AwsError.invalidParameter(
                    "RemoveFromVersionId must be set to the version that currently has the staging label %s, which %s is not."
                            .formatted(label, from.get()));
        }
        if (to.isEmpty() && label.equals(CURRENT)) {
            throw AwsError.invalidParameter(
                    "You can only move staging label AWSCURRENT to a different secret version. It can't be completely"
                            + " removed.");
        }
        to.ifPresentOrElse(version -> attach(Set.of(label), version), () -> detach(label));
    }
}
