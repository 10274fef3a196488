package io.reverser.simulators.aws.eks;

import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An EKS access entry.
 *
 * @param username the Kubernetes user name of the principal
 * @param groups Kubernetes groups
 * @param policies the namespaces of each access policy by its ARN; no namespaces mean the whole cluster
 */
public record AccessEntry(
        String cluster,
        String principalArn,
        String arn,
        String username,
        SortedSet<String> groups,
        Map<String, String> tags,
        Map<String, SortedSet<String>> policies,
        Instant created) {

    /** Defensive copies. */
    public AccessEntry {
        groups = new TreeSet<>(groups);
        tags = new TreeMap<>(tags);
        policies = new TreeMap<>(policies);
    }

    /** An entry without groups and policies. */
    static AccessEntry of(String cluster, String principalArn, String arn, Map<String, String> tags, Instant created) {
        return new AccessEntry(
                cluster, principalArn, arn, defaultUsername(principalArn), new TreeSet<>(), tags, Map.of(), created);
    }

    /** The user name of a role contains the session name, so the audit log shows people. */
    private static String defaultUsername(String principalArn) {
        return principalArn.contains(":user/")
                ? principalArn
                : principalArn.replace(":iam:", ":sts:").replaceFirst(":role/(.*/)?", ":assumed-role/")
                        + "/{{SessionName}}";
    }

    AccessEntry withIdentity(String newUsername, SortedSet<String> newGroups) {
        return new AccessEntry(cluster, principalArn, arn, newUsername, newGroups, tags, policies, created);
    }

    AccessEntry withPolicy(String policyArn, SortedSet<String> namespaces) {
        var more = new TreeMap<>(policies);
        more.put(policyArn, new TreeSet<>(namespaces));
        return new AccessEntry(cluster, principalArn, arn, username, groups, tags, more, created);
    }

    AccessEntry withoutPolicy(String policyArn) {
        var fewer = new TreeMap<>(policies);
        fewer.remove(policyArn);
        return new AccessEntry(cluster, principalArn, arn, username, groups, tags, fewer, created);
    }

    AccessEntry withTags(Map<String, String> newTags) {
        return new AccessEntry(cluster, principalArn, arn, username, groups, newTags, policies, created);
    }
}
