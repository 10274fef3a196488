package io.reverser.rotation.rotator.admission;

import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.WindowStatus;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.rotation.rotator.text.RotationText;
import java.time.Duration;
import java.time.Instant;

/** Whether a rotation may begin. */
public sealed interface Admission {

    /** Further than this, a clock is wrong. */
    Duration MAX_CLOCK_SKEW = Duration.ofMinutes(2);

    /**
     * It may.
     *
     * @param windowId names an occurrence of a window; there is one attempt in each
     * @param trigger who or what it is for, in words
     * @param isBreakGlass whether it may outside the windows, and whatever rings
     */
    record Admitted(String windowId, String trigger, boolean isBreakGlass) implements Admission {}

    /** It may not. */
    record Rejected(String reason) implements Admission {}

    /** What the plan and the secret's tags say of this moment. */
    static Admission decide(Instant now, RotationPlan plan, SecretState secret) {
        if (!secret.serverTime().equals(Instant.EPOCH)
                && Duration.between(secret.serverTime(), now).abs().compareTo(MAX_CLOCK_SKEW) > 0) {
            return new Rejected(RotationText.clockSkew(now, secret.serverTime()));
        }
        if (BreakGlass.parse(secret.tags(), now) instanceof BreakGlass.Tags.Valid(BreakGlass breakGlass)) {
            return new Admitted(
                    BreakGlass.WINDOW_ID_PREFIX + breakGlass.until(),
                    RotationText.breakGlass(breakGlass.by(), breakGlass.why()),
                    true);
        }
        return switch (plan.windows().statusAt(now)) {
            case WindowStatus.Open open ->
                new Admitted(windowId(open.occurrence()), RotationText.window(open.occurrence()), false);
            case WindowStatus.Closing closing -> new Rejected(RotationText.windowClosing(closing.occurrence()));
            case WindowStatus.Closed closed -> new Rejected(RotationText.windowClosed(closed.next()));
        };
    }

    /** Names an occurrence of a window. */
    static String windowId(Occurrence occurrence) {
        return occurrence.window() + "@" + occurrence.start();
    }
}
