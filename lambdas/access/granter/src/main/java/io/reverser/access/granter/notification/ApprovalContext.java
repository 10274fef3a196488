package io.reverser.access.granter.notification;

import io.reverser.access.policy.GrantTerms;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyDecision;
import io.reverser.access.policy.RequestedAccess;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a request concerns besides who made it, by the policy of today.
 *
 * @param approvers who is asked, or in an emergency told
 * @param terms what it would give; empty when the policy does not allow it any more
 */
record ApprovalContext(Set<String> approvers, Optional<GrantTerms> terms) {

    static ApprovalContext of(Policy policy, RequestedAccess access) {
        return of(policy.evaluate(access));
    }

    private static ApprovalContext of(PolicyDecision decision) {
        return switch (decision) {
            case PolicyDecision.NeedsApproval needed ->
                new ApprovalContext(needed.notifiedApprovers(), Optional.of(needed.terms()));
            case PolicyDecision.Automatic automatic ->
                new ApprovalContext(of(automatic.whenLimitReached()).approvers(), Optional.of(automatic.terms()));
            case PolicyDecision.BreakGlass breakGlass ->
                new ApprovalContext(breakGlass.notifiedApprovers(), Optional.of(breakGlass.terms()));
            case PolicyDecision.Denied denied -> new ApprovalContext(Set.of(), Optional.empty());
        };
    }
}
