package io.reverser.cdk.addons;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What the load balancer controller may do: read the network, and change resources that have the tag of the
 * controller's cluster. The statements come from the policy that the controller's project publishes. They leave out
 * WAF, Shield and Cognito, which are switched off here, and are limited to this cluster where the published policy
 * allows every cluster.
 *
 * @param cluster name of the cluster
 */
record LoadBalancerControllerPolicy(String region, String account, String cluster) {

    private static final String CLUSTER_TAG = "elbv2.k8s.aws/cluster";

    List<PolicyStatement> statements() {
        return List.of(
                describeStatement(),
                allow(
                        "CreateServiceLinkedRole",
                        List.of("iam:CreateServiceLinkedRole"),
                        List.of("arn:aws:iam::%s:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"
                                .formatted(account)),
                        stringEquals(Map.of("iam:AWSServiceName", "elasticloadbalancing.amazonaws.com"))),
                allow("CreateSecurityGroupInVpc", List.of("ec2:CreateSecurityGroup"), List.of(ec2Arn("vpc/*"))),
                allow(
                        "CreateSecurityGroup",
                        List.of("ec2:CreateSecurityGroup"),
                        List.of(ec2Arn("security-group/*")),
                        requestTag()),
                allow(
                        "TagNewSecurityGroup",
                        List.of("ec2:CreateTags"),
                        List.of(ec2Arn("security-group/*")),
                        stringEquals(Map.of(
                                "ec2:CreateAction", "CreateSecurityGroup", "aws:RequestTag/" + CLUSTER_TAG, cluster))),
                allow(
                        "ManageOwnedSecurityGroups",
                        List.of("ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteSecurityGroup"),
                        List.of(ec2Arn("security-group/*")),
                        resourceTag()),
                // The controller adds ingress rules for its load balancers to the nodes' security group. EKS creates
                // that group without the cluster's tag.
                allow(
                        "ManageIngressRules",
                        List.of("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"),
                        List.of(ec2Arn("security-group/*"))),
                allow(
                        "Create",
                        List.of("elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"),
                        List.of(elbArn("loadbalancer/app/*/*"), elbArn("targetgroup/*/*")),
                        requestTag()),
                // Tagging is allowed only on creation: if the controller could tag existing resources, it could take
                // over any load balancer.
                allow(
                        "TagOnCreate",
                        List.of("elasticloadbalancing:AddTags"),
                        List.of(elbArn("loadbalancer/app/*/*"), elbArn("targetgroup/*/*")),
                        stringEquals(Map.of(
                                "elasticloadbalancing:CreateAction",
                                List.of("CreateLoadBalancer", "CreateTargetGroup"),
                                "aws:RequestTag/" + CLUSTER_TAG,
                                cluster))),
                allow(
                        "TagListeners",
                        List.of("elasticloadbalancing:AddTags"),
                        List.of(elbArn("listener/app/*/*/*"), elbArn("listener-rule/app/*/*/*/*")),
                        requestTag()),
                allow("ManageOwned", managedActions(), managedResources(), resourceTag()));
    }

    private PolicyStatement describeStatement() {
        return allow(
                "Describe",
                List.of(
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
                        "acm:ListCertificates"),
                List.of("*"));
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

    private Map<String, Map<String, ?>> requestTag() {
        return stringEquals(Map.of("aws:RequestTag/" + CLUSTER_TAG, cluster));
    }

    private Map<String, Map<String, ?>> resourceTag() {
        return stringEquals(Map.of("aws:ResourceTag/" + CLUSTER_TAG, cluster));
    }

    private String ec2Arn(String resource) {
        return "arn:aws:ec2:%s:%s:%s".formatted(region, account, resource);
    }

    private String elbArn(String resource) {
        return "arn:aws:elasticloadbalancing:%s:%s:%s".formatted(region, account, resource);
    }

    private static Map<String, Map<String, ?>> stringEquals(Map<String, ?> keys) {
        return Map.of("StringEquals", keys);
    }
}
