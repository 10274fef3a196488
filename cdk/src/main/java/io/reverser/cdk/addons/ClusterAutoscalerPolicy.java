package io.reverser.cdk.addons;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What the cluster autoscaler may do: look at all groups of machines, and change the size of its own cluster's.
 *
 * @param cluster its name
 */
record ClusterAutoscalerPolicy(String region, String account, String cluster) {

    List<PolicyStatement> statements() {
        return List.of(
                PolicyStatement.Builder.create()
                        .sid("Describe")
                        .actions(List.of(
                                "autoscaling:DescribeAutoScalingGroups",
                                "autoscaling:DescribeAutoScalingInstances",
                                "autoscaling:DescribeLaunchConfigurations",
                                "autoscaling:DescribeScalingActivities",
                                "autoscaling:DescribeTags",
                                "ec2:DescribeImages",
                                "ec2:DescribeInstanceTypes",
                                "ec2:DescribeLaunchTemplateVersions",
                                "ec2:GetInstanceTypesFromInstanceRequirements"))
                        .resources(List.of("*"))
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("DescribeNodegroup")
                        .actions(List.of("eks:DescribeNodegroup"))
                        .resources(List.of("arn:aws:eks:%s:%s:nodegroup/%s/*/*".formatted(region, account, cluster)))
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("Scale")
                        .actions(List.of(
                                "autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"))
                        .resources(List.of("arn:aws:autoscaling:%s:%s:autoScalingGroup:*:autoScalingGroupName/*"
                                .formatted(region, account)))
                        // EKS puts it on the groups of managed machines.
                        .conditions(Map.of(
                                "StringEquals",
                                Map.of("aws:ResourceTag/k8s.io/cluster-autoscaler/" + cluster, "owned")))
                        .build());
    }
}
