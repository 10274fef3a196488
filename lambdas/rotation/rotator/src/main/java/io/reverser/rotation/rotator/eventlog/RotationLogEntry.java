package io.reverser.rotation.rotator.eventlog;

import io.reverser.rotation.rotator.secret.RotationStep;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * An event of a rotation.
 *
 * @param subject what the entry is about: a rotation, identified by the new version of the secret, or, if no rotation
 *     has started, a window or another version of the secret
 * @param key unique within the subject: the event's type, followed by the name of the step if a step failed
 * @param message text for people, or a time; empty for most types
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
                step.name().toLowerCase(Locale.ROOT) + "Secret: " + why);
    }
}
