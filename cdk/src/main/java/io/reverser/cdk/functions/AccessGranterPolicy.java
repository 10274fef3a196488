package io.reverser.cdk.functions;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What <em>granter</em> may do to clusters: create and delete access entries with the managed tag, with the access
 * policies and for the principals in the settings. It cannot change an access entry without the tag, and cannot tag the
 * entry of a principal that is not in the settings.
 *
 * @param schedulerRoleArn ARN of the role that the function's EventBridge schedules assume
 */
record AccessGranterPolicy(Settings settings, String scheduleGroup, String schedulerRoleArn) {

    private static final String MANAGED_TAG = "cluster-access:managed";

    List<PolicyStatement> statements() {
        return List.of(
                allow("Describe", List.of("eks:DescribeCluster", "eks:ListAccessEntries"), clusterArns()),
                allow(
                        "CreateManaged",
                        List.of("eks:CreateAccessEntry"),
                        clusterArns(),
                        Map.of(
                                "StringEquals",
                                Map.of("aws:RequestTag/" + MANAGED_TAG, "v1", "eks:accessEntryType", "STANDARD"),
                                "ArnEquals",
                                Map.of("eks:principalArn", principalArns()))),
                allow(
                        "AssociatePolicy",
                        List.of("eks:AssociateAccessPolicy"),
                        accessEntryArns(),
                        Map.of(
                                "StringEquals",
                                Map.of("aws:ResourceTag/" + MANAGED_TAG, "v1"),
                                "ArnEquals",
                                Map.of(
                                        "eks:policyArn",
                                        List.copyOf(settings.access().policyArns())))),
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
                        List.of(
                                "eks:DescribeAccessEntry",
                                "eks:ListAssociatedAccessPolicies",
                                "eks:DeleteAccessEntry",
                                "eks:TagResource"),
                        accessEntryArns(),
                        Map.of("StringEquals", Map.of("aws:ResourceTag/" + MANAGED_TAG, "v1"))),
                // The function may read any entry, so that it recognises entries that it did not create.
                allow("DescribeForeignEntry", List.of("eks:DescribeAccessEntry"), accessEntryArns()),
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
