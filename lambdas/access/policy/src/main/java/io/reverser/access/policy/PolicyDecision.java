package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The decision of the policy about a requested access. */
public sealed interface PolicyDecision {

    /**
     * The approval that the access needs: for automatically approved access, the approval that is needed once its limit
     * is reached. Empty for break-glass access, or when the access is denied.
     */
    default Optional<NeedsApproval> approval() {
        return switch (this) {
            case NeedsApproval needed -> Optional.of(needed);
            case Automatic automatic -> automatic.whenLimitReached().approval();
            case BreakGlass breakGlass -> Optional.empty();
            case Denied denied -> Optional.empty();
        };
    }

    /** The access is denied. */
    record Denied(DenyReason reason) implements PolicyDecision {}

    /** The access is approved automatically, up to a limit per person and period. */
    record Automatic(GrantTerms terms, String rule, int maxUses, Duration period, PolicyDecision whenLimitReached)
            implements PolicyDecision {}

    /**
     * The access is approved once the quorum of approvers has approved it.
     *
     * @param notifiedApprovers the approvers to notify
     * @param quorum how many approvers must approve the access
     */
    record NeedsApproval(
            GrantTerms terms, Set<String> notifiedApprovers, int quorum, Duration expiresAfter, Duration remindAfter)
            implements PolicyDecision {}

    /**
     * Break-glass access is approved at once.
     *
     * @param notifiedApprovers the approvers to notify
     */
    record BreakGlass(GrantTerms terms, Set<String> notifiedApprovers) implements PolicyDecision {}
}
