package io.reverser.rotation.rotator.eventlog;

import io.reverser.rotation.rotator.secret.RotationStep;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * An event of a rotation.
 *
 * @param subject what the entry is about: the new version of the secret in a rotation; the ID of a maintenance window
 *     that was missed; or a version of the secret that something other than a rotation created
 * @param key unique within the subject: the event's type, followed by the name of the step if a step failed
 * @param message for people, such as the reason of a rollback; a time for some types, and empty for most
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
