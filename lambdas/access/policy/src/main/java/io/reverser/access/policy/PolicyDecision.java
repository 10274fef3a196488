package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the policy decides about a requested access. */
public sealed interface PolicyDecision {

    /**
     * The approval that is needed, for automatic access once its limit is reached; empty for break-glass access, or
     * when denied.
     */
    default Optional<NeedsApproval> approval() {
        return switch (this) {
            case NeedsApproval needed -> Optional.of(needed);
            case Automatic automatic -> automatic.whenLimitReached().approval();
            case BreakGlass breakGlass -> Optional.empty();
            case Denied denied -> Optional.empty();
        };
    }

    /** No. */
    record Denied(DenyReason reason) implements PolicyDecision {}

    /** Yes, as long as this person had it that way fewer than so many times. */
    record Automatic(GrantTerms terms, String rule, int maxUses, Duration period, PolicyDecision whenLimitReached)
            implements PolicyDecision {}

    /**
     * If enough people say yes.
     *
     * @param notifiedApprovers whom to call
     * @param quorum how many have to say yes
     */
    record NeedsApproval(
            GrantTerms terms, Set<String> notifiedApprovers, int quorum, Duration expiresAfter, Duration remindAfter)
            implements PolicyDecision {}

    /**
     * Yes, at once.
     *
     * @param notifiedApprovers who has to know
     */
    record BreakGlass(GrantTerms terms, Set<String> notifiedApprovers) implements PolicyDecision {}
}
