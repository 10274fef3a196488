package io.reverser.access.policy;

import java.time.Duration;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The terms on which access is granted.
 *
 * @param principalArn the IAM principal that gets the access
 * @param policyArn the ARN of an EKS access policy
 * @param namespaces the namespaces to which the access is limited; empty for the whole cluster
 * @param maxDuration the maximum duration, including extensions
 * @param capabilities what the access allows that an approver should know about
 */
public record GrantTerms(
        String cluster,
        String region,
        String principalArn,
        String policyArn,
        SortedSet<String> namespaces,
        Duration duration,
        Duration maxDuration,
        Set<EksAccessPolicy.Capability> capabilities) {

    /** Makes a defensive copy of the sets. */
    public GrantTerms {
        namespaces = new TreeSet<>(namespaces);
        capabilities = Set.copyOf(capabilities);
    }
}
