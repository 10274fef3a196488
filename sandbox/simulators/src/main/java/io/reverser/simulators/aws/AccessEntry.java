package io.reverser.simulators.aws;

import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An EKS access entry.
 *
 * @param policies access policies by ARN, each with its namespaces, which are none for the whole cluster
 */
public record AccessEntry(
        String cluster,
        String principalArn,
        String arn,
        Map<String, String> tags,
        Map<String, SortedSet<String>> policies,
        Instant created) {

    /** Keeps its own maps. */
    public AccessEntry {
        tags = new TreeMap<>(tags);
        policies = new TreeMap<>(policies);
    }

    AccessEntry with(String policyArn, SortedSet<String> namespaces) {
        var more = new TreeMap<>(policies);
        more.put(policyArn, new TreeSet<>(namespaces));
        return new AccessEntry(cluster, principalArn, arn, tags, more, created);
    }

    AccessEntry without(String policyArn) {
        var fewer = new TreeMap<>(policies);
        fewer.remove(policyArn);
        return new AccessEntry(cluster, principalArn, arn, tags, fewer, created);
    }

    AccessEntry tagged(Map<String, String> all) {
        return new AccessEntry(cluster, principalArn, arn, all, policies, created);
    }
}
