package io.reverser.rotation.rotator.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Leave to rotate outside the windows, for a while: three tags of the secret, because {@code RotateSecret} has no parameter
 * to say it with. CloudTrail knows who set them.
 *
 * @param by who says so
 */
public record BreakGlass(Instant until, String by, String why) {

    public static final String UNTIL = "rotation:until";
    public static final String BY = "rotation:by";
    public static final String WHY = "rotation:why";

    /** How the ids of the windows that it makes begin. */
    public static final String WINDOW_ID_PREFIX = "break-glass@";

    /** Short enough that forgotten tags do little harm. */
    static final Duration MAX_DURATION = Duration.ofHours(4);

    /** What tags say. */
    public sealed interface Tags {

        /** Nothing, or something that is over. */
        record None() implements Tags {}

        /** They give leave. */
        record Valid(BreakGlass breakGlass) implements Tags {}

        /** They are meant to, and do not. */
        record Invalid(String problem) implements Tags {}
    }

    /** What the tags say now. */
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
            return new Tags.Invalid("the tag " + UNTIL + " is no time like 2026-11-25T10:00:00Z");
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
                ? new Tags.Invalid("the tags " + BY + " and " + WHY + " have to say who wants it and why")
                : new Tags.Valid(breakGlass);
    }
}
