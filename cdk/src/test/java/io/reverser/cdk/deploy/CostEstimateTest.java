package io.reverser.cdk.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.settings.Settings;
import io.reverser.cdk.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CostEstimateTest {

    private static final Settings SETTINGS = SettingsFile.read(Path.of("config"), "dev");
    private static final Map<String, Long> RESOURCES = Map.of(
            "AWS::EKS::Cluster", 1L,
            "AWS::EC2::NatGateway", 1L,
            "AWS::RDS::DBInstance", 1L,
            "AWS::CloudWatch::Alarm", 23L,
            "AWS::CloudWatch::Dashboard", 1L,
            "AWS::KMS::Key", 2L,
            "AWS::SecretsManager::Secret", 3L);

    /** The expected costs are for 730 hours, two to four nodes with 50 GiB each, and 0.5 to 8 Aurora capacity units. */
    @Test
    void addsUpCosts() throws IOException {
        assertThat(DeployMessages.costEstimate(
                        new CostEstimate(SETTINGS, RESOURCES, prices()).lineItems(), "Prices of today."))
                .isEqualTo("""
                        Estimated monthly costs in US dollars, minimum and maximum:
                          EKS control plane                  73       73
                          2 to 4 m7i.large                  155      310
                          NAT gateways                       37       37
                          load balancers                     55       55
                          Aurora                             44      701
                          alarms and dashboard                5        5
                          KMS keys and secrets                3        3
                          total                             372     1184
                          Not included: data transfer, database storage, logs and metrics. Prices of today.""");
    }

    @Test
    void documentsCosts() throws IOException {
        Map<String, Long> resources = SynthesizedApp.of("dev")
                .resources()
                .collect(Collectors.groupingBy(SynthesizedApp.Resource::type, Collectors.counting()));
        CostEstimate.LineItem total = CostEstimate.total(new CostEstimate(SETTINGS, resources, prices()).lineItems());
        assertThat(Files.readString(Path.of("../docs/operations.md")).replaceAll("\\s+", " "))
                .contains(String.format(
                        Locale.ROOT,
                        "For the current settings of `dev`, the estimate is %.0f US dollars a month when idle and at most %,.0f (",
                        total.min(),
                        total.max()));
    }

    @Test
    void rejectsUnknownPrice() throws IOException {
        JsonNode prices = prices();
        ((ObjectNode) prices.at("/hourly/nodes")).remove("m7i.large");
        assertThatThrownBy(() -> new CostEstimate(SETTINGS, RESOURCES, prices).lineItems())
                .hasMessage("config/prices.yaml has no price for m7i.large; add it to hourly.nodes");
    }

    private static JsonNode prices() throws IOException {
        return new YAMLMapper().readTree(Files.readString(Path.of("config/prices.yaml")));
    }
}
