package io.reverser.cdk.functions;

import io.reverser.cdk.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What <em>granter</em> may do to clusters: make and end access entries that carry its mark, with the access policies that
 * the settings name, for the people that they name. It is unable to touch an entry without the mark, and to put the mark on
 * one but for those people.
 *
 * @param schedulerRoleArn the role that its schedules take
 */
record AccessGranterPolicy(Settings settings, String scheduleGroup, String schedulerRoleArn) {

    private static final String MANAGED_TAG = "cluster-access:managed";

    List<PolicyStatement> statements() {
        var statements = new ArrayList<PolicyStatement>();
        statements.add(statement(
                "Describe", List.of("eks:DescribeCluster", "eks:ListAccessEntries"), clusterArns(), Map.of()));
        statements.add(statement(
                "CreateManaged",
                List.of("eks:CreateAccessEntry"),
                clusterArns(),
                Map.of(
                        "StringEquals",
                        Map.of("aws:RequestTag/" + MANAGED_TAG, "v1", "eks:accessEntryType", "STANDARD"),
                        "ArnEquals",
                        Map.of("eks:principalArn", principalArns()))));
        statements.add(statement(
                "AssociatePolicy",
                List.of("eks:AssociateAccessPolicy"),
                accessEntryArns(),
                Map.of(
                        "StringEquals",
                        Map.of("aws:ResourceTag/" + MANAGED_TAG, "v1"),
                        "ArnEquals",
                        Map.of("eks:policyArn", List.copyOf(settings.access().policyArns())))));
        // EKS requires it as well when an entry is created with tags, before it has any; no condition key limits it to
        // that. With the tag the function would own a foreign entry, so only entries of the policy's principals can get
        // it. Whether EKS checks it on the cluster or on the entry is not documented; a cluster itself has no
        // principal.
        statements.add(statement(
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
                        Map.of("eks:principalArn", principalArns()))));
        statements.add(statement(
                "ManageOwned",
                List.of(
                        "eks:DescribeAccessEntry",
                        "eks:ListAssociatedAccessPolicies",
                        "eks:DeleteAccessEntry",
                        "eks:TagResource"),
                accessEntryArns(),
                Map.of("StringEquals", Map.of("aws:ResourceTag/" + MANAGED_TAG, "v1"))));
        // A foreign entry has to be recognised as one.
        statements.add(
                statement("DescribeForeignEntry", List.of("eks:DescribeAccessEntry"), accessEntryArns(), Map.of()));
        statements.add(statement(
                "ExpirySchedules",
                List.of("scheduler:CreateSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule"),
                List.of("arn:aws:scheduler:%s:%s:schedule/%s/*"
                        .formatted(settings.region(), settings.account(), scheduleGroup)),
                Map.of()));
        statements.add(statement(
                "PassSchedulerRole",
                List.of("iam:PassRole"),
                List.of(schedulerRoleArn),
                Map.of("StringEquals", Map.of("iam:PassedToService", "scheduler.amazonaws.com"))));
        return statements;
    }

    private List<String> principalArns() {
        return settings.access().principalArns().stream().sorted().toList();
    }

    private List<String> clusterArns() {
        return settings.access().clusters().values().stream()
                .map(cluster ->
                        "arn:aws:eks:%s:%s:cluster/%s".formatted(cluster.region(), settings.account(), cluster.name()))
                .sorted()
                .toList();
    }

    private List<String> accessEntryArns() {
        return settings.access().clusters().values().stream()
                .map(cluster -> "arn:aws:eks:%s:%s:access-entry/%s/*"
                        .formatted(cluster.region(), settings.account(), cluster.name()))
                .sorted()
                .toList();
    }

    private static PolicyStatement statement(
            String sid,
            List<String> actions,
            List<String> resources,
            Map<String, ? extends Map<String, ?>> conditions) {
        var ordered = new TreeMap<String, Map<String, ?>>();
        conditions.forEach((operator, keys) -> ordered.put(operator, new TreeMap<>(keys)));
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(actions)
                .resources(resources)
                .conditions(ordered)
                .build();
    }
}
