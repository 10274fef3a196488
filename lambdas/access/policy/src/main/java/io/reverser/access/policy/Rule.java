package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who may request what, and who decides. Only the first matching rule of the file applies, so the approvers of a broad
 * rule cannot approve what a narrow one reserves for others.
 *
 * @param notifiedApprovers approvers who are notified
 * @param unnotifiedApprovers approvers who may decide and are not notified
 * @param quorum how many approvers are needed, each with a different principal
 * @param autoApprovalLimit how often, and in which period, no approval is needed
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

    /** With a quorum of 0, no approval would be needed. */
    Rule {
        if (quorum < 1) {
            throw new IllegalArgumentException(
                    "The quorum of the rule " + name + " is " + quorum + "; it must be at least 1");
        }
    }

    /** How often one person gets automatic approval. */
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
