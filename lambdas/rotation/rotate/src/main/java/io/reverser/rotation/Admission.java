package io.reverser.rotation;

import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.Opening;
import io.reverser.rotation.plan.RotationPlan;
import java.time.Duration;
import java.time.Instant;

/** Whether a rotation may begin. */
sealed interface Admission {

    /** Further than this, a clock is wrong. */
    Duration TOLERANCE = Duration.ofMinutes(2);

    /**
     * It may.
     *
     * @param under the opening; there is one attempt in each
     * @param by who or what it is for, in words
     * @param isEmergency whether it may outside the windows, and whatever rings
     */
    record Admitted(String under, String by, boolean isEmergency) implements Admission {}

    /** It may not. */
    record Refused(String why) implements Admission {}

    /** What the plan and the secret's tags say of this moment. */
    static Admission at(Instant now, RotationPlan plan, SecretState secret) {
        if (!secret.told().equals(Instant.EPOCH)
                && Duration.between(secret.told(), now).abs().compareTo(TOLERANCE) > 0) {
            return new Refused(Wording.wrongClock(now, secret.told()));
        }
        if (BreakGlass.read(secret.tags(), now) instanceof BreakGlass.Tags.Given(BreakGlass leave)) {
            return new Admitted(BreakGlass.OPENING + leave.until(), Wording.breakGlass(leave), true);
        }
        return switch (plan.windows().at(now)) {
            case Opening.Open open -> new Admitted(under(open.occurrence()), Wording.window(open.occurrence()), false);
            case Opening.Ending ending -> new Refused(Wording.ending(ending.occurrence()));
            case Opening.Closed closed -> new Refused(Wording.closed(closed.next()));
        };
    }

    /** Names an opening. */
    static String under(Occurrence occurrence) {
        return occurrence.window() + "@" + occurrence.start();
    }
}
