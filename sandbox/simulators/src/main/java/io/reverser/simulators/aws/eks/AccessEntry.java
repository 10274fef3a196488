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
 * @param groups the Kubernetes groups of the principal
 * @param policies the namespaces of each access policy by the policy's ARN; for a policy without namespaces, the scope
 *     is the whole cluster
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

    /** Makes defensive copies of the collections. */
    public AccessEntry {
        groups = new TreeSet<>(groups);
        tags = new TreeMap<>(tags);
        policies = new TreeMap<>(policies);
    }

    /** Creates an access entry without groups and access policies. */
    static AccessEntry of(String cluster, String principalArn, String arn, Map<String, String> tags, Instant created) {
        return new AccessEntry(
                cluster, principalArn, arn, defaultUsername(principalArn), new TreeSet<>(), tags, Map.of(), created);
    }

    /**
     * The Kubernetes user name if the request sets none. For a role it contains the session name, so the audit log
     * identifies the person.
     */
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
