package io.reverser.rotation.rotator.admission;

import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.WindowStatus;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.rotation.rotator.text.RotationText;
import java.time.Duration;
import java.time.Instant;

/** Whether a rotation may start. */
public sealed interface Admission {

    /**
     * The maximum difference between the function's clock and Secrets Manager's. If it is larger, one of the clocks is
     * wrong, and no rotation starts.
     */
    Duration MAX_CLOCK_SKEW = Duration.ofMinutes(2);

    /**
     * A rotation may start.
     *
     * @param windowId identifies an occurrence of a maintenance window, or a break-glass permission; each has one
     *     attempt
     * @param trigger the window or the operator that triggers the rotation, in words
     * @param isBreakGlass whether the rotation may start outside the windows, and despite blocking alarms
     */
    record Admitted(String windowId, String trigger, boolean isBreakGlass) implements Admission {}

    /** A rotation may not start. */
    record Rejected(String reason) implements Admission {}

    /** Decides whether a rotation may start, from the windows of the plan and the break-glass tags of the secret. */
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

    /** The ID of an occurrence of a maintenance window. */
    static String windowId(Occurrence occurrence) {
        return occurrence.window() + "@" + occurrence.start();
    }
}
