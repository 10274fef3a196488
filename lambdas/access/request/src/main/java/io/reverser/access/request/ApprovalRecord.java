package io.reverser.access.request;

import io.reverser.access.policy.GrantTerms;
import java.time.Instant;
import java.util.List;

/**
 * Why access was approved, and the approved terms.
 *
 * @param approvals empty unless people approved
 * @param terms as the policy defined them at the last approval
 */
public record ApprovalRecord(ApprovalMode mode, List<Approval> approvals, GrantTerms terms, Instant at) {

    /** Makes a defensive copy of the list. */
    public ApprovalRecord {
        approvals = List.copyOf(approvals);
    }

    /** How it was approved. */
    public enum ApprovalMode {
        /** The quorum of approvers approved it. */
        MANUAL,
        /** The rule approves it automatically. */
        AUTOMATIC,
        /** Break-glass: granted at once; the approvers whom the rule notifies are notified. */
        BREAK_GLASS
    }
}
