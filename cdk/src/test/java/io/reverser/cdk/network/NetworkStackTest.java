package io.reverser.cdk.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
