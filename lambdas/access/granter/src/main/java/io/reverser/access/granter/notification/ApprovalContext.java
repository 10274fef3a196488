package io.reverser.access.granter.notification;

import io.reverser.access.policy.GrantTerms;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyDecision;
import io.reverser.access.policy.RequestedAccess;
import java.util.Optional;
import java.util.Set;

/**
 * The approvers and the terms of a request according to the current access policy.
 *
 * @param approvers the people who must approve the request, or are notified of break-glass access
 * @param terms the terms of the access; empty when the policy no longer allows the access
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
