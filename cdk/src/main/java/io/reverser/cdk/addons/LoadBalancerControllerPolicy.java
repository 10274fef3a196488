package io.reverser.cdk.addons;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What the load balancer controller may do: look at the network, and change what carries its cluster's tag. From the
 * controller's published policy, without WAF, Shield and Cognito, which are switched off, and with the cluster's name where
 * that policy takes any.
 *
 * @param cluster its name
 */
record LoadBalancerControllerPolicy(String region, String account, String cluster) {

    private static final String CLUSTER_TAG = "elbv2.k8s.aws/cluster";

    List<PolicyStatement> statements() {
        return List.of(
                describeStatement(),
                statement(
                        "CreateServiceLinkedRole",
                        List.of("iam:CreateServiceLinkedRole"),
                        List.of("arn:aws:iam::%s:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"
                                .formatted(account)),
                        Map.of("iam:AWSServiceName", "elasticloadbalancing.amazonaws.com")),
                statement(
                        "CreateSecurityGroupInVpc",
                        List.of("ec2:CreateSecurityGroup"),
                        List.of(ec2Arn("vpc/*")),
                        Map.of()),
                statement(
                        "CreateSecurityGroup",
                        List.of("ec2:CreateSecurityGroup"),
                        List.of(ec2Arn("security-group/*")),
                        requestTag()),
                statement(
                        "TagNewSecurityGroup",
                        List.of("ec2:CreateTags"),
                        List.of(ec2Arn("security-group/*")),
                        Map.of("ec2:CreateAction", "CreateSecurityGroup", "aws:RequestTag/" + CLUSTER_TAG, cluster)),
                statement(
                        "ManageOwnedSecurityGroups",
                        List.of("ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteSecurityGroup"),
                        List.of(ec2Arn("security-group/*")),
                        resourceTag()),
                // It opens the machines' group, which EKS made and which does not carry the tag, for its load
                // balancers.
                statement(
                        "ManageIngressRules",
                        List.of("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"),
                        List.of(ec2Arn("security-group/*")),
                        Map.of()),
                statement(
                        "Create",
                        List.of("elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"),
                        List.of(elbArn("loadbalancer/app/*/*"), elbArn("targetgroup/*/*")),
                        requestTag()),
                // Only on creation: if the controller could tag what exists, it could take over any load balancer.
                statement(
                        "TagOnCreate",
                        List.of("elasticloadbalancing:AddTags"),
                        List.of(elbArn("loadbalancer/app/*/*"), elbArn("targetgroup/*/*")),
                        Map.of(
                                "elasticloadbalancing:CreateAction",
                                List.of("CreateLoadBalancer", "CreateTargetGroup"),
                                "aws:RequestTag/" + CLUSTER_TAG,
                                cluster)),
                statement(
                        "TagListeners",
                        List.of("elasticloadbalancing:AddTags"),
                        List.of(elbArn("listener/app/*/*/*"), elbArn("listener-rule/app/*/*/*/*")),
                        requestTag()),
                statement("ManageOwned", managedActions(), managedResources(), resourceTag()));
    }

    private PolicyStatement describeStatement() {
        return PolicyStatement.Builder.create()
                .sid("Describe")
                .actions(List.of(
                        "ec2:DescribeAccountAttributes",
                        "ec2:DescribeAddresses",
                        "ec2:DescribeAvailabilityZones",
                        "ec2:DescribeInstances",
                        "ec2:DescribeInternetGateways",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeRouteTables",
                        "ec2:DescribeSecurityGroups",
                        "ec2:DescribeSubnets",
                        "ec2:DescribeTags",
                        "ec2:DescribeVpcPeeringConnections",
                        "ec2:DescribeVpcs",
                        "ec2:GetSecurityGroupsForVpc",
                        "elasticloadbalancing:DescribeCapacityReservation",
                        "elasticloadbalancing:DescribeListenerAttributes",
                        "elasticloadbalancing:DescribeListenerCertificates",
                        "elasticloadbalancing:DescribeListeners",
                        "elasticloadbalancing:DescribeLoadBalancerAttributes",
                        "elasticloadbalancing:DescribeLoadBalancers",
                        "elasticloadbalancing:DescribeRules",
                        "elasticloadbalancing:DescribeSSLPolicies",
                        "elasticloadbalancing:DescribeTags",
                        "elasticloadbalancing:DescribeTargetGroupAttributes",
                        "elasticloadbalancing:DescribeTargetGroups",
                        "elasticloadbalancing:DescribeTargetHealth",
                        "elasticloadbalancing:DescribeTrustStores",
                        "acm:DescribeCertificate",
                        "acm:ListCertificates"))
                .resources(List.of("*"))
                .build();
    }

    private static List<String> managedActions() {
        return List.of(
                "elasticloadbalancing:AddListenerCertificates",
                "elasticloadbalancing:AddTags",
                "elasticloadbalancing:CreateListener",
                "elasticloadbalancing:CreateRule",
                "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:DeleteRule",
                "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:DeregisterTargets",
                "elasticloadbalancing:ModifyCapacityReservation",
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:ModifyRule",
                "elasticloadbalancing:ModifyTargetGroup",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "elasticloadbalancing:RegisterTargets",
                "elasticloadbalancing:RemoveListenerCertificates",
                "elasticloadbalancing:RemoveTags",
                "elasticloadbalancing:SetIpAddressType",
                "elasticloadbalancing:SetRulePriorities",
                "elasticloadbalancing:SetSecurityGroups",
                "elasticloadbalancing:SetSubnets");
    }

    private List<String> managedResources() {
        return List.of(
                elbArn("loadbalancer/app/*/*"),
                elbArn("targetgroup/*/*"),
                elbArn("listener/app/*/*/*"),
                elbArn("listener-rule/app/*/*/*/*"));
    }

    private Map<String, String> requestTag() {
        return Map.of("aws:RequestTag/" + CLUSTER_TAG, cluster);
    }

    private Map<String, String> resourceTag() {
        return Map.of("aws:ResourceTag/" + CLUSTER_TAG, cluster);
    }

    private String ec2Arn(String resource) {
        return "arn:aws:ec2:%s:%s:%s".formatted(region, account, resource);
    }

    private String elbArn(String resource) {
        return "arn:aws:elasticloadbalancing:%s:%s:%s".formatted(region, account, resource);
    }

    private static PolicyStatement statement(
            String sid, List<String> actions, List<String> resources, Map<String, ?> equals) {
        var statement =
                PolicyStatement.Builder.create().sid(sid).actions(actions).resources(resources);
        return (equals.isEmpty() ? statement : statement.conditions(Map.of("StringEquals", new TreeMap<>(equals))))
                .build();
    }
}
