package io.reverser.rotation.rotator.eventlog;

import io.reverser.rotation.rotator.admission.BreakGlass;
import io.reverser.rotation.rotator.kubernetes.ClusterBaseline;
import io.reverser.rotation.rotator.secret.SecretState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A rotation, as it was written down.
 *
 * @param newVersion the new version of the secret
 * @param oldVersion the version before
 * @param lastRotatedAt when the password before was made
 * @param windowId names the occurrence of a window that it belongs to; there is one attempt in each
 * @param baseline what the cluster looked like when it began
 * @param entries oldest first
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

    /** When the password was made that applications get: a rotation that was taken back counts in Secrets Manager only. */
    public static Instant lastRotatedAt(Optional<Rotation> latest, SecretState state) {
        return latest.filter(last -> last.has(RotationEventType.ROLLBACK_PROMOTED))
                .map(Rotation::lastRotatedAt)
                .orElse(state.lastRotatedAt());
    }

    /** How far it is. */
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

    /** Whether it was begun outside the windows, by leave. */
    public boolean isBreakGlass() {
        return windowId.startsWith(BreakGlass.WINDOW_ID_PREFIX);
    }

    public boolean has(RotationEventType type) {
        return findLast(type).isPresent();
    }

    /** When that was. */
    public Instant timeOf(RotationEventType type) {
        return findLast(type).map(RotationLogEntry::at).orElse(startedAt);
    }

    /** What was said about it. */
    public String messageOf(RotationEventType type) {
        return findLast(type).map(RotationLogEntry::message).orElse("");
    }

    private Optional<RotationLogEntry> findLast(RotationEventType type) {
        return entries.stream().filter(entry -> entry.type() == type).reduce((older, newer) -> newer);
    }
}
