package io.reverser.rotation;

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
record BreakGlass(Instant until, String by, String why) {

    static final String UNTIL = "rotation:until";
    static final String BY = "rotation:by";
    static final String WHY = "rotation:why";

    /** How the openings that it makes are named. */
    static final String OPENING = "break-glass@";

    /** Nobody forgets it there. */
    static final Duration LONGEST = Duration.ofHours(4);

    /** What tags say. */
    sealed interface Tags {

        /** Nothing, or something that is over. */
        record None() implements Tags {}

        /** They give leave. */
        record Given(BreakGlass leave) implements Tags {}

        /** They are meant to, and do not. */
        record Wrong(String problem) implements Tags {}
    }

    /** What the tags say now. */
    static Tags read(Map<String, String> tags, Instant now) {
        String until = tags.getOrDefault(UNTIL, "");
        if (until.isBlank()) {
            return new Tags.None();
        }
        try {
            return read(
                    new BreakGlass(
                            Instant.parse(until.strip()),
                            tags.getOrDefault(BY, "").strip(),
                            tags.getOrDefault(WHY, "").strip()),
                    now);
        } catch (DateTimeParseException notATime) {
            return new Tags.Wrong("the tag " + UNTIL + " is no time like 2026-11-25T10:00:00Z");
        }
    }

    private static Tags read(BreakGlass leave, Instant now) {
        if (!leave.until().isAfter(now)) {
            return new Tags.None();
        }
        if (leave.until().isAfter(now.plus(LONGEST))) {
            return new Tags.Wrong("the tag %s is %s, which is more than %d hours away"
                    .formatted(UNTIL, leave.until(), LONGEST.toHours()));
        }
        return leave.by().isEmpty() || leave.why().isEmpty()
                ? new Tags.Wrong("the tags " + BY + " and " + WHY + " have to say who wants it and why")
                : new Tags.Given(leave);
    }
}
