package io.reverser.cdk.cluster;

import io.reverser.cdk.settings.ClusterSettings;
import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.LaunchTemplate;
import software.amazon.awscdk.services.ec2.LaunchTemplateHttpTokens;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.eks.CfnNodegroup;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.LaunchTemplateSpec;
import software.amazon.awscdk.services.eks_v2.Nodegroup;
import software.amazon.awscdk.services.eks_v2.NodegroupAmiType;
import software.amazon.awscdk.services.eks_v2.NodegroupOptions;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * A managed node group with Amazon Linux 2023 in private subnets; pods cannot get the credentials of the nodes' IAM
 * role.
 */
final class ManagedNodeGroup extends Construct {

    private final Nodegroup group;

    ManagedNodeGroup(Construct scope, Cluster cluster, ClusterSettings settings) {
        super(scope, "NodeGroup");
        ClusterSettings.NodeGroup nodeSettings = settings.nodes();
        var template = LaunchTemplate.Builder.create(this, "Template")
                .httpTokens(LaunchTemplateHttpTokens.REQUIRED)
                .httpPutResponseHopLimit(1)
                .blockDevices(List.of(BlockDevice.builder()
                        .deviceName("/dev/xvda")
                        .volume(BlockDeviceVolume.ebs(
                                nodeSettings.diskGib(),
                                EbsDeviceOptions.builder()
                                        .encrypted(true)
                                        .volumeType(EbsDeviceVolumeType.GP3)
                                        .build()))
                        .build()))
                .build();
        var role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
                .managedPolicies(List.of(
                        ManagedPolicy.fromAwsManagedPolicyName("AmazonEKSWorkerNodePolicy"),
                        ManagedPolicy.fromAwsManagedPolicyName("AmazonEKS_CNI_Policy"),
                        ManagedPolicy.fromAwsManagedPolicyName("AmazonEC2ContainerRegistryPullOnly")))
                .build();
        var type = new InstanceType(nodeSettings.type());
        group = cluster.addNodegroupCapacity(
                "General",
                NodegroupOptions.builder()
                        .amiType(
                                type.getArchitecture().toString().contains("ARM")
                                        ? NodegroupAmiType.AL2023_ARM_64_STANDARD
                                        : NodegroupAmiType.AL2023_X86_64_STANDARD)
                        .instanceTypes(List.of(type))
                        .launchTemplateSpec(LaunchTemplateSpec.builder()
                                .id(template.getLaunchTemplateId())
                                .version(template.getLatestVersionNumber())
                                .build())
                        // CDK also sets the desired size to the minimum: EKS creates no node group without it.
                        .minSize(nodeSettings.min())
                        .maxSize(nodeSettings.max())
                        .maxUnavailable(1)
                        .enableNodeAutoRepair(true)
                        .nodeRole(role)
                        .subnets(SubnetSelection.builder()
                                .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                                .build())
                        .build());
        // Without a version, the nodes would keep the Kubernetes version with which they were created.
        ((CfnNodegroup) Objects.requireNonNull(group.getNode().getDefaultChild())).setVersion(settings.version());
    }

    Nodegroup group() {
        return group;
    }
}
