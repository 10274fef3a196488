package io.reverser.access.request;

import io.reverser.access.policy.GrantTerms;
import java.time.Instant;
import java.util.List;

/**
 * Why access may be given, and which.
 *
 * @param approvals empty unless people approved
 * @param terms as the policy had them when the last approval came
 */
public record ApprovalRecord(ApprovalMode mode, List<Approval> approvals, GrantTerms terms, Instant at) {

    /** Keeps its own list. */
    public ApprovalRecord {
        approvals = List.copyOf(approvals);
    }

    /** How it came about. */
    public enum ApprovalMode {
        /** As many people as the rule asks for said yes. */
        MANUAL,
        /** The rule lets it through by itself. */
        AUTOMATIC,
        /** An emergency: granted at once, and the approvers whom the rule notifies are told. */
        BREAK_GLASS
    }
}
