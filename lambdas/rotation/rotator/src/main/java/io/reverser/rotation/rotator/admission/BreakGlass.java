package io.reverser.rotation.rotator.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Permission to rotate outside the windows for a limited time. The permission consists of three tags of the secret,
 * because {@code RotateSecret} has no parameter for it; CloudTrail records who set the tags.
 *
 * @param by the requester
 */
public record BreakGlass(Instant until, String by, String why) {

    public static final String UNTIL = "rotation:until";
    public static final String BY = "rotation:by";
    public static final String WHY = "rotation:why";

    /** Prefix of the window IDs of rotations that break-glass tags permit. */
    public static final String WINDOW_ID_PREFIX = "break-glass@";

    /** The longest permission that the tags can grant, in case an operator forgets to remove them. */
    static final Duration MAX_DURATION = Duration.ofHours(4);

    /** What the break-glass tags of a secret permit. */
    public sealed interface Tags {

        /** No break-glass tags, or expired ones. */
        record None() implements Tags {}

        /** Valid tags, which permit a rotation. */
        record Valid(BreakGlass breakGlass) implements Tags {}

        /** Incomplete or invalid break-glass tags, which permit nothing. */
        record Invalid(String problem) implements Tags {}
    }

    public static Tags parse(Map<String, String> tags, Instant now) {
        String until = tags.getOrDefault(UNTIL, "");
        if (until.isBlank()) {
            return new Tags.None();
        }
        try {
            return validate(
                    new BreakGlass(
                            Instant.parse(until.strip()),
                            tags.getOrDefault(BY, "").strip(),
                            tags.getOrDefault(WHY, "").strip()),
                    now);
        } catch (DateTimeParseException notATime) {
            return new Tags.Invalid("the tag " + UNTIL + " is not a time like 2026-11-25T10:00:00Z");
        }
    }

    private static Tags validate(BreakGlass breakGlass, Instant now) {
        if (!breakGlass.until().isAfter(now)) {
            return new Tags.None();
        }
        if (breakGlass.until().isAfter(now.plus(MAX_DURATION))) {
            return new Tags.Invalid("the tag %s is %s, which is more than %d hours away"
                    .formatted(UNTIL, breakGlass.until(), MAX_DURATION.toHours()));
        }
        return breakGlass.by().isEmpty() || breakGlass.why().isEmpty()
                ? new Tags.Invalid("the tags " + BY + " and " + WHY + " must name the requester and the reason")
                : new Tags.Valid(breakGlass);
    }
}
