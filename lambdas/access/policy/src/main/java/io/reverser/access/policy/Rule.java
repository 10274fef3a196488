package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A rule of the policy: who may request which access, and who approves it. Only the first matching rule applies, so the
 * approvers of a broad rule cannot approve access for which an earlier, narrower rule has other approvers.
 *
 * @param notifiedApprovers approvers who are notified
 * @param unnotifiedApprovers approvers who may decide but are not notified
 * @param quorum how many approvers are needed, each with a different principal
 * @param autoApprovalLimit how often a request is approved automatically within a period; empty if approvers always
 *     decide
 */
record Rule(
        String name,
        Set<String> requesters,
        Set<String> clusters,
        Set<String> levels,
        Duration defaultDuration,
        Duration maxDuration,
        Set<String> notifiedApprovers,
        Set<String> unnotifiedApprovers,
        int quorum,
        Optional<AutoApprovalLimit> autoApprovalLimit,
        boolean breakGlass,
        Duration expiresAfter,
        Duration remindAfter) {

    /** Rejects a quorum of 0, with which no approval would be needed. */
    Rule {
        if (quorum < 1) {
            throw new IllegalArgumentException(
                    "The quorum of the rule " + name + " is " + quorum + "; it must be at least 1");
        }
    }

    /** How many requests of one person are approved automatically within a period. */
    record AutoApprovalLimit(int maxUses, Duration period) {}

    boolean matches(RequestedAccess access) {
        return breakGlass == access.isBreakGlass()
                && requesters.contains(access.requester())
                && clusters.contains(access.cluster())
                && levels.contains(access.level());
    }

    boolean isApprover(String person) {
        return notifiedApprovers.contains(person) || unnotifiedApprovers.contains(person);
    }
}
