package io.reverser.access.request;

import io.reverser.access.policy.GrantTerms;
import java.time.Instant;
import java.util.List;

/**
 * Why access was approved, and the approved terms.
 *
 * @param approvals the approvals of people; empty after automatic approval and for break-glass access
 * @param terms the terms as the policy defined them at the latest approval
 */
public record ApprovalRecord(ApprovalMode mode, List<Approval> approvals, GrantTerms terms, Instant at) {

    /** Makes a defensive copy of the list. */
    public ApprovalRecord {
        approvals = List.copyOf(approvals);
    }

    /** How the access was approved. */
    public enum ApprovalMode {
        /** The quorum of approvers approved the access. */
        MANUAL,
        /** The policy's rule approved the access automatically. */
        AUTOMATIC,
        /** Break-glass: the access is approved at once, and approvers are only notified. */
        BREAK_GLASS
    }
}
