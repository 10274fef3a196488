package io.reverser.cdk.functions;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What <em>granter</em> may do to clusters: create and delete access entries with the managed tag, with the access
 * policies and for the principals in the settings. It cannot change an access entry without the tag, cannot tag the
 * entry of a principal that is not in the settings, cannot put an entry into Kubernetes groups, and cannot associate
 * the policy of a namespaced level with a whole cluster.
 *
 * @param schedulerRoleArn ARN of the role that the function's EventBridge schedules assume
 */
record AccessGranterPolicy(Settings settings, String scheduleGroup, String schedulerRoleArn) {

    private static final String MANAGED_TAG = "cluster-access:managed";

    List<PolicyStatement> statements() {
        return Stream.of(manageEntries(), associatePolicies(), schedule())
                .flatMap(List::stream)
                .toList();
    }

    private List<PolicyStatement> manageEntries() {
        return List.of(
                allow("Describe", List.of("eks:DescribeCluster", "eks:ListAccessEntries"), clusterArns()),
                allow(
                        "CreateManaged",
                        List.of("eks:CreateAccessEntry"),
                        clusterArns(),
                        Map.of(
                                "StringEquals",
                                Map.of("aws:RequestTag/" + MANAGED_TAG, "v1", "eks:accessEntryType", "STANDARD"),
                                // Kubernetes knows an entry's holder by its groups and its user name, so that either
                                // could give the holder any RBAC role.
                                "Null",
                                Map.of("eks:kubernetesGroups", "true", "eks:username", "true"),
                                "ArnEquals",
                                Map.of("eks:principalArn", principalArns()))),
                // EKS also requires eks:TagResource to create an entry with tags, and no condition key limits it to
                // creation. The function may delete every entry with the tag, so it may tag only entries of principals
                // in the settings. AWS does not document whether EKS checks eks:TagResource on the cluster or on the
                // entry, so the statement has both. A cluster itself has no principal, so the condition on the
                // principal prevents tagging clusters.
                allow(
                        "TagManaged",
                        List.of("eks:TagResource"),
                        Stream.concat(clusterArns().stream(), accessEntryArns().stream())
                                .toList(),
                        Map.of(
                                "StringEquals",
                                Map.of("aws:RequestTag/" + MANAGED_TAG, "v1"),
                                "Null",
                                Map.of("aws:ResourceTag/" + MANAGED_TAG, "true"),
                                "ArnEquals",
                                Map.of("eks:principalArn", principalArns()))),
                allow(
                        "ManageOwned",
                        List.of("eks:ListAssociatedAccessPolicies", "eks:DeleteAccessEntry", "eks:TagResource"),
                        accessEntryArns(),
                        Map.of("StringEquals", Map.of("aws:ResourceTag/" + MANAGED_TAG, "v1"))),
                // The function may read any entry, so that it recognises entries that it did not create.
                allow("DescribeForeignEntry", List.of("eks:DescribeAccessEntry"), accessEntryArns()));
    }

    /** The policies of namespaced levels only in the namespaces of the settings, those of other levels only in clusters. */
    private List<PolicyStatement> associatePolicies() {
        var statements = new ArrayList<PolicyStatement>();
        List<String> clusterPolicies = policyArns(false);
        if (!clusterPolicies.isEmpty()) {
            statements.add(allow(
                    "AssociateClusterPolicy",
                    List.of("eks:AssociateAccessPolicy"),
                    accessEntryArns(),
                    Map.of(
                            "StringEquals",
                            Map.of("aws:ResourceTag/" + MANAGED_TAG, "v1", "eks:accessScope", "cluster"),
                            "ArnEquals",
                            Map.of("eks:policyArn", clusterPolicies))));
        }
        List<String> namespacePolicies = policyArns(true);
        if (!namespacePolicies.isEmpty() && !namespaces().isEmpty()) {
            statements.add(allow(
                    "AssociateNamespacePolicy",
                    List.of("eks:AssociateAccessPolicy"),
                    accessEntryArns(),
                    Map.of(
                            "StringEquals",
                            Map.of("aws:ResourceTag/" + MANAGED_TAG, "v1", "eks:accessScope", "namespace"),
                            "ForAllValues:StringLike",
                            Map.of("eks:namespaces", namespaces()),
                            "ArnEquals",
                            Map.of("eks:policyArn", namespacePolicies))));
        }
        return statements;
    }

    private List<PolicyStatement> schedule() {
        return List.of(
                allow(
                        "ExpirySchedules",
                        List.of("scheduler:CreateSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule"),
                        List.of("arn:aws:scheduler:%s:%s:schedule/%s/*"
                                .formatted(settings.region(), settings.account(), scheduleGroup))),
                allow(
                        "PassSchedulerRole",
                        List.of("iam:PassRole"),
                        List.of(schedulerRoleArn),
                        Map.of("StringEquals", Map.of("iam:PassedToService", "scheduler.amazonaws.com"))));
    }

    private List<String> policyArns(boolean namespaced) {
        return settings.access().levels().values().stream()
                .filter(level -> level.namespaced() == namespaced)
                .map(level -> level.policy().arn())
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> namespaces() {
        return settings.access().clusters().values().stream()
                .flatMap(cluster -> cluster.namespaces().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> principalArns() {
        return settings.access().principalArns().stream().sorted().toList();
    }

    private List<String> clusterArns() {
        return eksArns("cluster/%s");
    }

    private List<String> accessEntryArns() {
        return eksArns("access-entry/%s/*");
    }

    private List<String> eksArns(String resource) {
        return settings.access().clusters().values().stream()
                .map(cluster -> "arn:aws:eks:%s:%s:".formatted(cluster.region(), settings.account())
                        + resource.formatted(cluster.name()))
                .sorted()
                .toList();
    }
}
