package io.reverser.cdk.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterStackTest {

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    /** CDK's defaults would make the creator of the cluster a permanent administrator. */
    @Test
    void encryptsSecretsAndHasNoCreatorAdmin() {
        Resource cluster = SynthesizedApp.of("prod").resource("AWS::EKS::Cluster");
        assertThat(cluster.at("/AccessConfig/AuthenticationMode").asText()).isEqualTo("API");
        assertThat(cluster.at("/AccessConfig/BootstrapClusterCreatorAdminPermissions")
                        .asBoolean(true))
                .isFalse();
        assertThat(cluster.at("/EncryptionConfig/0/Resources/0").asText()).isEqualTo("secrets");
        assertThat(cluster.at("/DeletionProtection").asBoolean()).isTrue();
        assertThat(cluster.at("/ResourcesVpcConfig/PublicAccessCidrs").toString())
                .isEqualTo("[\"203.0.113.0/24\"]");
        assertThat(cluster.at("/Logging/ClusterLogging/EnabledTypes")).hasSize(5);
        assertThat(SynthesizedApp.of("dev")
                        .resource("AWS::EKS::Cluster")
                        .at("/DeletionProtection")
                        .asBoolean(true))
                .isFalse();
    }

    /** The cluster does not use EKS Auto Mode, which would replace some of our add-ons with its own controllers. */
    @ParameterizedTest
    @MethodSource("environments")
    void usesManagedNodeGroups(SynthesizedApp environment) {
        Resource cluster = environment.resource("AWS::EKS::Cluster");
        assertThat(cluster.at("/ComputeConfig/Enabled").asBoolean()).isFalse();
        assertThat(environment.resources("AWS::EKS::Nodegroup")).hasSize(1);
    }

    /** By default, EKS keeps a cluster on its Kubernetes version in extended support, which costs six times as much. */
    @ParameterizedTest
    @MethodSource("environments")
    void endsWithStandardSupport(SynthesizedApp environment) {
        assertThat(environment
                        .resource("AWS::EKS::Cluster")
                        .at("/UpgradePolicy/SupportType")
                        .asText())
                .isEqualTo("STANDARD");
    }

    /** EKS does not upgrade the nodes together with the cluster. */
    @ParameterizedTest
    @MethodSource("environments")
    void upgradesNodesWithTheCluster(SynthesizedApp environment) {
        assertThat(environment.resource("AWS::EKS::Nodegroup").at("/Version").asText())
                .isEqualTo(
                        environment.resource("AWS::EKS::Cluster").at("/Version").asText());
    }

    @Test
    void runsAmazonLinux2023WithHopLimit1() {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        Resource nodes = dev.resource("AWS::EKS::Nodegroup");
        assertThat(nodes.at("/AmiType").asText()).isEqualTo("AL2023_x86_64_STANDARD");
        // EKS creates a node group only with all three sizes, or with none of them.
        assertThat(nodes.at("/ScalingConfig").toString()).isEqualTo("{\"DesiredSize\":2,\"MaxSize\":4,\"MinSize\":2}");
        Resource template = dev.resource("AWS::EC2::LaunchTemplate");
        assertThat(template.at("/LaunchTemplateData/MetadataOptions/HttpTokens").asText())
                .isEqualTo("required");
        assertThat(template.at("/LaunchTemplateData/MetadataOptions/HttpPutResponseHopLimit")
                        .asInt())
                .isEqualTo(1);
        assertThat(template.at("/LaunchTemplateData/BlockDeviceMappings/0/Ebs/Encrypted")
                        .asBoolean())
                .isTrue();
    }

    /** An OIDC provider that CDK's custom resource creates would outlive the cluster. */
    @ParameterizedTest
    @MethodSource("environments")
    void createsOidcProviderNatively(SynthesizedApp environment) {
        assertThat(environment.resources("Custom::AWSCDKOpenIdConnectProvider")).isEmpty();
        assertThat(environment.resources("AWS::IAM::OIDCProvider"))
                .extracting(Resource::stack)
                .containsExactlyInAnyOrder("cluster", "delivery");
    }

    /** Nodes need vpc-cni to become ready; coredns and the Pod Identity agent need nodes. */
    @Test
    void installsVpcCniBeforeNodes() {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        Resource nodes = dev.resource("AWS::EKS::Nodegroup");
        Resource network = addon(dev, "vpc-cni");
        assertThat(nodes.dependsOn()).contains(network.id());
        assertThat(network.dependsOn()).doesNotContain(nodes.id());
        assertThat(addon(dev, "coredns").dependsOn()).contains(nodes.id());
        assertThat(addon(dev, "eks-pod-identity-agent").dependsOn()).contains(nodes.id());
        assertThat(network.at("/ConfigurationValues").asText())
                .isEqualTo("{\"enableNetworkPolicy\":\"true\","
                        + "\"env\":{\"ENABLE_PREFIX_DELEGATION\":\"true\",\"WARM_PREFIX_TARGET\":\"1\"}}");
    }

    /** Add-ons that EKS installs itself conflict with ours, whose creation would fail. */
    @ParameterizedTest
    @MethodSource("environments")
    void overwritesSelfManagedAddons(SynthesizedApp environment) {
        assertThat(environment
                        .resource("AWS::EKS::Cluster")
                        .at("/BootstrapSelfManagedAddons")
                        .asBoolean(true))
                .isFalse();
        assertThat(environment.resources("AWS::EKS::Addon"))
                .hasSize(5)
                .allSatisfy(addon -> assertThat(addon.at("/ResolveConflicts").asText())
                        .as(addon.id())
                        .isEqualTo("OVERWRITE"));
    }

    /**
     * An add-on can exist only once; CDK's construct for a service account with Pod Identity would add the Pod Identity
     * agent a second time.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void installsEachAddonOnce(SynthesizedApp environment) {
        assertThat(environment.resources("AWS::EKS::Addon"))
                .extracting(addon -> addon.at("/AddonName").asText())
                .containsExactlyInAnyOrder(
                        "vpc-cni",
                        "kube-proxy",
                        "coredns",
                        "eks-pod-identity-agent",
                        "amazon-cloudwatch-observability");
    }

    /** There is one access entry for each of the three principals in the settings, and one for CDK. */
    @ParameterizedTest
    @MethodSource("environments")
    void grantsStandingAccessFromSettings(SynthesizedApp environment) {
        assertThat(environment.resources("AWS::EKS::AccessEntry"))
                .filteredOn(entry -> entry.stack().equals("cluster"))
                .extracting(entry -> entry.at("/PrincipalArn").toString())
                .hasSize(4)
                .doesNotHaveDuplicates()
                .anyMatch(principal -> principal.contains("role/platform-admin"))
                .anyMatch(principal -> principal.contains("role/read-only"));
        assertThat(environment.resources("AWS::EKS::AccessEntry"))
                .filteredOn(entry -> entry.at("/PrincipalArn").asText().endsWith("role/reverser-developers"))
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry.at("/AccessPolicies/0/AccessScope").toString())
                        .isEqualTo("{\"Namespaces\":[\"reverser\"],\"Type\":\"namespace\"}"));
    }

    private static Resource addon(SynthesizedApp environment, String name) {
        return environment.resource("AWS::EKS::Addon", "/AddonName", name);
    }
}
