package io.reverser.rotation.rotator.eventlog;

import io.reverser.rotation.rotator.admission.BreakGlass;
import io.reverser.rotation.rotator.kubernetes.ClusterBaseline;
import io.reverser.rotation.rotator.secret.SecretState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A rotation, as recorded in the rotation log.
 *
 * @param newVersion the new version of the secret
 * @param oldVersion the old version of the secret
 * @param lastRotatedAt when the old password was created
 * @param windowId identifies the occurrence of a maintenance window, or the break-glass permission; each has one
 *     attempt
 * @param baseline the state of the cluster before anything changed
 * @param entries the log entries of the rotation, oldest first
 */
public record Rotation(
        String newVersion,
        String oldVersion,
        Instant lastRotatedAt,
        String windowId,
        ClusterBaseline baseline,
        Instant startedAt,
        List<RotationLogEntry> entries) {

    public Rotation {
        entries = entries.stream().sorted(RotationLogEntry.CHRONOLOGICAL).toList();
    }

    /** When the current password was created. Secrets Manager's own date includes rotations that were rolled back. */
    public static Instant lastRotatedAt(Optional<Rotation> latest, SecretState state) {
        return latest.filter(last -> last.has(RotationEventType.ROLLBACK_PROMOTED))
                .map(Rotation::lastRotatedAt)
                .orElse(state.lastRotatedAt());
    }

    /** The latest step that the rotation has reached. */
    public RotationEventType progress() {
        return entries.stream()
                .map(RotationLogEntry::type)
                .filter(RotationEventType::isProgress)
                .max(Comparator.naturalOrder())
                .orElse(RotationEventType.STARTED);
    }

    public boolean isFinished() {
        return progress().isTerminal();
    }

    /** Whether the rotation was started by break-glass tags, outside the windows. */
    public boolean isBreakGlass() {
        return windowId.startsWith(BreakGlass.WINDOW_ID_PREFIX);
    }

    public boolean has(RotationEventType type) {
        return findLast(type).isPresent();
    }

    /** When this event was recorded, or else when the rotation started. */
    public Instant timeOf(RotationEventType type) {
        return findLast(type).map(RotationLogEntry::at).orElse(startedAt);
    }

    /** The message of this event; empty when it was not recorded. */
    public String messageOf(RotationEventType type) {
        return findLast(type).map(RotationLogEntry::message).orElse("");
    }

    private Optional<RotationLogEntry> findLast(RotationEventType type) {
        return entries.stream().filter(entry -> entry.type() == type).reduce((older, newer) -> newer);
    }
}
