package io.reverser.cdk.cluster;

import io.reverser.cdk.logs.LogGroups;
import io.reverser.cdk.settings.ClusterSettings;
import io.reverser.cdk.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.eks.CfnCluster;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.ClusterLoggingTypes;
import software.amazon.awscdk.services.eks_v2.DefaultCapacityType;
import software.amazon.awscdk.services.eks_v2.EndpointAccess;
import software.amazon.awscdk.services.eks_v2.KubectlProviderOptions;
import software.amazon.awscdk.services.eks_v2.KubernetesVersion;
import software.amazon.awscdk.services.eks_v2.Nodegroup;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The EKS cluster: API authentication mode, no admin permissions for the cluster's creator, encrypted secrets, and
 * nodes in private subnets.
 */
public final class ClusterStack extends Stack {

    private final Cluster cluster;

    /** Creates the cluster in a VPC.
     *
     * @param kubectlLayer path of the Lambda layer with kubectl and Helm, a folder or a zip file
     */
    public ClusterStack(
            Construct scope, String id, StackProps properties, Settings settings, Vpc vpc, Path kubectlLayer) {
        super(scope, id, properties);
        ClusterSettings clusterSettings = settings.cluster();
        // The log group is created here because EKS would create it without a retention period.
        LogGroup log =
                LogGroups.create(this, "ControlPlaneLog", settings, "/aws/eks/" + clusterSettings.name() + "/cluster");
        cluster = Cluster.Builder.create(this, "Cluster")
                .clusterName(clusterSettings.name())
                .version(KubernetesVersion.of(clusterSettings.version()))
                .vpc(vpc)
                .vpcSubnets(List.of(SubnetSelection.builder()
                        .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                        .build()))
                .endpointAccess(
                        clusterSettings.allowedCidrs().isEmpty()
                                ? EndpointAccess.PRIVATE
                                : EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(
                                        clusterSettings.allowedCidrs().toArray(String[]::new)))
                .defaultCapacityType(DefaultCapacityType.NODEGROUP)
                .defaultCapacity(0)
                .bootstrapClusterCreatorAdminPermissions(false)
                // CoreAddons installs the add-ons instead. Changing this property later replaces the cluster.
                .bootstrapSelfManagedAddons(false)
                .clusterLogging(List.of(
                        ClusterLoggingTypes.API,
                        ClusterLoggingTypes.AUDIT,
                        ClusterLoggingTypes.AUTHENTICATOR,
                        ClusterLoggingTypes.CONTROLLER_MANAGER,
                        ClusterLoggingTypes.SCHEDULER))
                .secretsEncryptionKey(Key.Builder.create(this, "SecretsKey")
                        .enableKeyRotation(true)
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build())
                .kubectlProviderOptions(KubectlProviderOptions.builder()
                        .kubectlLayer(LayerVersion.Builder.create(this, "Kubectl")
                                .code(Code.fromAsset(kubectlLayer.toString()))
                                .build())
                        .build())
                .build();
        cluster.getNode().addDependency(log);
        // By default, EKS would keep an old Kubernetes version in extended support, which costs six times as much.
        ((CfnCluster) Objects.requireNonNull(cluster.getNode().getDefaultChild()))
                .setUpgradePolicy(CfnCluster.UpgradePolicyProperty.builder()
                        .supportType("STANDARD")
                        .build());
        Nodegroup nodes = new ManagedNodeGroup(this, cluster, clusterSettings).group();
        new CoreAddons(this, cluster, nodes);
        new StandingAccessEntries(this, cluster, clusterSettings.standingAccess());
    }

    /** The cluster, for the stacks that install charts into it. */
    public Cluster cluster() {
        return cluster;
    }
}
