package io.reverser.cdk.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkStackTest {

    @ParameterizedTest
    @CsvSource({"dev, 1", "prod, 3"})
    void spansThreeZonesWithConfiguredNatGateways(String environment, int gateways) {
        SynthesizedApp network = SynthesizedApp.of(environment);
        assertThat(network.resources("AWS::EC2::Subnet"))
                .hasSize(9)
                .extracting(subnet -> subnet.at("/AvailabilityZone").asText())
                .contains("eu-central-1a", "eu-central-1b", "eu-central-1c");
        assertThat(network.resources("AWS::EC2::NatGateway")).hasSize(gateways);
        assertThat(network.resource("AWS::EC2::FlowLog").at("/TrafficType").asText())
                .isEqualTo("ALL");
    }

    /** The load balancer controller finds the subnets for its load balancers by these tags. */
    @Test
    void tagsSubnetsForLoadBalancers() {
        for (String role : List.of("kubernetes.io/role/elb", "kubernetes.io/role/internal-elb")) {
            assertThat(SynthesizedApp.of("dev").resources("AWS::EC2::Subnet"))
                    .filteredOn(subnet -> subnet.at("/Tags").toString().contains("\"" + role + "\""))
                    .hasSize(3);
        }
    }

    /** A dual-stack load balancer needs an IPv6 range on each of its subnets, and a route for the answers. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void givesIpv6ToThePublicSubnetsOnly(String environment) {
        SynthesizedApp network = SynthesizedApp.of(environment);
        Resource range = network.resource("AWS::EC2::VPCCidrBlock");
        assertThat(range.at("/AmazonProvidedIpv6CidrBlock").asBoolean()).isTrue();
        assertThat(network.resources("AWS::EC2::Subnet"))
                .filteredOn(subnet -> subnet.properties().has("Ipv6CidrBlock"))
                .hasSize(3)
                .allMatch(subnet -> subnet.id().contains("publicSubnet"))
                .allMatch(subnet -> subnet.dependsOn().contains(range.id()))
                .extracting(subnet -> subnet.at("/Ipv6CidrBlock").toString())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void routesIpv6OfPublicSubnetsToTheInternet(String environment) {
        SynthesizedApp network = SynthesizedApp.of(environment);
        String gateway = network.resource("AWS::EC2::InternetGateway").id();
        String attachment = network.resource("AWS::EC2::VPCGatewayAttachment").id();
        assertThat(network.resources("AWS::EC2::Route"))
                .filteredOn(
                        route -> route.at("/DestinationIpv6CidrBlock").asText().equals("::/0"))
                .allMatch(route -> route.at("/GatewayId/Ref").asText().equals(gateway))
                .allMatch(route -> route.dependsOn().contains(attachment))
                .extracting(route -> route.at("/RouteTableId/Ref").asText())
                .containsExactlyInAnyOrderElementsOf(network.resources("AWS::EC2::RouteTable").stream()
                        .map(Resource::id)
                        .filter(table -> table.contains("publicSubnet"))
                        .toList());
    }

    @Test
    void protectsAndExpiresAccessLogs() {
        var bucket = SynthesizedApp.of("prod").resource("AWS::S3::Bucket");
        assertThat(bucket.at("/BucketName").asText()).isEqualTo("prod-access-logs-444455556666-eu-central-1");
        assertThat(bucket.at("/PublicAccessBlockConfiguration/BlockPublicPolicy")
                        .asBoolean())
                .isTrue();
        assertThat(bucket.at("/LifecycleConfiguration/Rules/0/ExpirationInDays").asInt())
                .isEqualTo(30);
        // For access logs, load balancers support no other encryption.
        assertThat(bucket.at("/BucketEncryption").toString()).contains("AES256");
    }
}
