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

    /** A cluster whose creator is its administrator for ever, or whose secrets are readable on disk, is not ours. */
    @Test
    void belongsToNobodyByBirth() {
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

    /** Not Auto Mode, which would bring its own controllers. */
    @ParameterizedTest
    @MethodSource("environments")
    void managesItsMachinesItself(SynthesizedApp environment) {
        Resource cluster = environment.resource("AWS::EKS::Cluster");
        assertThat(cluster.at("/ComputeConfig/Enabled").asBoolean()).isFalse();
        assertThat(environment.resources("AWS::EKS::Nodegroup")).hasSize(1);
    }

    /** EKS leaves machines at the version that they were made with. */
    @ParameterizedTest
    @MethodSource("environments")
    void bringsMachinesToTheClustersVersion(SynthesizedApp environment) {
        assertThat(environment.resource("AWS::EKS::Nodegroup").at("/Version").asText())
                .isEqualTo(
                        environment.resource("AWS::EKS::Cluster").at("/Version").asText());
    }

    @Test
    void runsAmazonLinux2023WhosePodsCannotReachTheMachinesCredentials() {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        Resource machines = dev.resource("AWS::EKS::Nodegroup");
        assertThat(machines.at("/AmiType").asText()).isEqualTo("AL2023_x86_64_STANDARD");
        assertThat(machines.at("/ScalingConfig").toString())
                .isEqualTo("{\"DesiredSize\":2,\"MaxSize\":4,\"MinSize\":2}");
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

    /** The one made by a function of CDK's outlives what it trusts. */
    @ParameterizedTest
    @MethodSource("environments")
    void trustsItsTokensWithAResourceOfCloudFormation(SynthesizedApp environment) {
        assertThat(environment.resources("Custom::AWSCDKOpenIdConnectProvider")).isEmpty();
        assertThat(environment.resources("AWS::IAM::OIDCProvider"))
                .extracting(Resource::stack)
                .containsExactlyInAnyOrder("cluster", "delivery");
    }

    /** Machines without a network never become ready; what runs on machines waits for them. */
    @Test
    void makesTheNetworkBeforeTheMachinesAndTheOthersAfter() {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        Resource machines = dev.resource("AWS::EKS::Nodegroup");
        Resource network = addon(dev, "vpc-cni");
        assertThat(machines.dependsOn()).contains(network.id());
        assertThat(network.dependsOn()).doesNotContain(machines.id());
        assertThat(addon(dev, "coredns").dependsOn()).contains(machines.id());
        assertThat(addon(dev, "eks-pod-identity-agent").dependsOn()).contains(machines.id());
        assertThat(network.at("/ConfigurationValues").asText())
                .isEqualTo("{\"enableNetworkPolicy\":\"true\","
                        + "\"env\":{\"ENABLE_PREFIX_DELEGATION\":\"true\",\"WARM_PREFIX_TARGET\":\"1\"}}");
    }

    /** What EKS installs by itself is in the way of an add-on with other values: its creation fails. */
    @ParameterizedTest
    @MethodSource("environments")
    void letsNothingBeInTheWayOfItsAddons(SynthesizedApp environment) {
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

    /** Two of one name cannot be made, and a service account with Pod Identity would bring another agent. */
    @ParameterizedTest
    @MethodSource("environments")
    void hasEachAddonOnce(SynthesizedApp environment) {
        assertThat(environment.resources("AWS::EKS::Addon"))
                .extracting(addon -> addon.at("/AddonName").asText())
                .containsExactlyInAnyOrder(
                        "vpc-cni",
                        "kube-proxy",
                        "coredns",
                        "eks-pod-identity-agent",
                        "amazon-cloudwatch-observability");
    }

    /** One entry for each principal: the three of the settings, and CDK's own. */
    @ParameterizedTest
    @MethodSource("environments")
    void givesStandingAccessAsTheSettingsSay(SynthesizedApp environment) {
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
