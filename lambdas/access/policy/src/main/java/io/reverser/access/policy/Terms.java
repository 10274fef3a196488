package io.reverser.access.policy;

import java.time.Duration;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The access that may be given.
 *
 * @param principalArn whose
 * @param policyArn an EKS access policy
 * @param namespaces empty for the whole cluster
 * @param longest the most that it may last, extensions included
 * @param powers what an approver should know of
 */
public record Terms(
        String cluster,
        String region,
        String principalArn,
        String policyArn,
        SortedSet<String> namespaces,
        Duration duration,
        Duration longest,
        Set<AccessPolicy.Power> powers) {

    /** Keeps its own sets. */
    public Terms {
        namespaces = new TreeSet<>(namespaces);
        powers = Set.copyOf(powers);
    }
}
