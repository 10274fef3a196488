package io.reverser.access.request;

import io.reverser.access.policy.Terms;
import java.time.Instant;
import java.util.List;

/**
 * Why access may be given, and which.
 *
 * @param approvals empty unless people approved
 * @param terms as the policy had them when the last approval came
 */
public record Decision(Way way, List<Approval> approvals, Terms terms, Instant at) {

    /** Keeps its own list. */
    public Decision {
        approvals = List.copyOf(approvals);
    }

    /** How it came about. */
    public enum Way {
        /** As many people as the rule asks for said yes. */
        APPROVED,
        /** The rule lets it through by itself. */
        AUTOMATIC,
        /** An emergency: given at once, everybody who could have been asked is told. */
        BREAK_GLASS
    }
}
