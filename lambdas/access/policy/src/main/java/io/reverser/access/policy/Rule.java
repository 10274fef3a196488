package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who may have what, and who decides. The first rule of the file that fits decides alone: approvers of a wide rule do not
 * come to approve what a narrow one keeps for others.
 *
 * @param notifiedApprovers approvers who are called
 * @param unnotifiedApprovers approvers who may decide and are not called
 * @param quorum how many different people have to say yes
 * @param autoApprovalLimit how often in how long nobody is asked
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

    /** How often one person gets this by itself. */
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
