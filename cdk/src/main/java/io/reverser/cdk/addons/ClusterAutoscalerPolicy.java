package io.reverser.cdk.addons;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What the cluster autoscaler may do: read all Auto Scaling groups, and resize those of its own cluster.
 *
 * @param cluster name of the cluster
 */
record ClusterAutoscalerPolicy(String region, String account, String cluster) {

    List<PolicyStatement> statements() {
        return List.of(
                allow(
                        "Describe",
                        List.of(
                                "autoscaling:DescribeAutoScalingGroups",
                                "autoscaling:DescribeAutoScalingInstances",
                                "autoscaling:DescribeLaunchConfigurations",
                                "autoscaling:DescribeScalingActivities",
                                "autoscaling:DescribeTags",
                                "ec2:DescribeImages",
                                "ec2:DescribeInstanceTypes",
                                "ec2:DescribeLaunchTemplateVersions",
                                "ec2:GetInstanceTypesFromInstanceRequirements"),
                        List.of("*")),
                allow(
                        "DescribeNodegroup",
                        List.of("eks:DescribeNodegroup"),
                        List.of("arn:aws:eks:%s:%s:nodegroup/%s/*/*".formatted(region, account, cluster))),
                allow(
                        "Scale",
                        List.of("autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"),
                        List.of("arn:aws:autoscaling:%s:%s:autoScalingGroup:*:autoScalingGroupName/*"
                                .formatted(region, account)),
                        // EKS puts this tag on the Auto Scaling groups of managed node groups.
                        Map.of(
                                "StringEquals",
                                Map.of("aws:ResourceTag/k8s.io/cluster-autoscaler/" + cluster, "owned"))));
    }
}
