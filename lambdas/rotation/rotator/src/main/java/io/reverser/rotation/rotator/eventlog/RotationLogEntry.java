package io.reverser.rotation.rotator.eventlog;

import io.reverser.rotation.rotator.secret.RotationStep;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * Something that happened.
 *
 * @param subject a rotation; or a window or a version of the secret, when it is about that
 * @param key of which there is one for each subject: the type, for a step that failed with its name
 * @param message in words, or a time; empty for most
 */
public record RotationLogEntry(String subject, String key, RotationEventType type, Instant at, String message) {

    public static final Comparator<RotationLogEntry> CHRONOLOGICAL =
            Comparator.comparing(RotationLogEntry::at).thenComparing(RotationLogEntry::type);

    public static RotationLogEntry of(String subject, RotationEventType type, Instant at, String message) {
        return new RotationLogEntry(subject, type.name(), type, at, message);
    }

    static RotationLogEntry stepFailed(String subject, RotationStep step, Instant at, String why) {
        return new RotationLogEntry(
                subject,
                RotationEventType.STEP_FAILED + "-" + step,
                RotationEventType.STEP_FAILED,
                at,
                step.name().toLowerCase(Locale.ROOT) + ": " + why);
    }
}
