package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.cdk.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Settings that are accepted can be synthesised, and the templates keep AWS's limits; {@code -Dfaults=more} tries more
 * choices. {@code .ci/rehearsal/run} also deploys a random choice.
 */
class AcceptedSettingsTest {

    private static final int RANDOM_CHOICES = System.getProperty("faults", "").isEmpty() ? 3 : 20;
    private static final int MAX_TEMPLATE_BYTES = 1_000_000;
    private static final int MAX_RESOURCES = 500;

    /** Property of a resource type, and the names that AWS's API reference allows for it. */
    private static final Map<String, String> NAMES = Map.of(
            "AWS::S3::Bucket BucketName", "(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
            "AWS::IAM::Role RoleName", "[\\w+=,.@-]{1,64}",
            "AWS::Lambda::Function FunctionName", "[\\w-]{1,64}",
            "AWS::RDS::DBCluster DBClusterIdentifier", "(?!.*--)[a-z][a-z0-9-]{0,61}[a-z0-9]",
            "AWS::ECR::Repository RepositoryName", "[a-z0-9]+([._-][a-z0-9]+)*/[a-z0-9]+",
            "AWS::Scheduler::ScheduleGroup Name", "[\\w.-]{1,64}",
            "AWS::SQS::Queue QueueName", "[\\w-]{1,80}",
            "AWS::DynamoDB::GlobalTable TableName", "[\\w.-]{3,255}",
            "AWS::EKS::Cluster Name", "[A-Za-z0-9][\\w-]{0,99}");

    private static final String LOAD_BALANCER_NAME = "(?!internal-)[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]";

    @TempDir
    Path config;

    static Stream<Map<String, String>> choices() {
        return Stream.concat(
                Stream.of(AcceptedSettings.smallest(), AcceptedSettings.largest()),
                new Random(20261130).ints(RANDOM_CHOICES, 0, Integer.MAX_VALUE).mapToObj(AcceptedSettings::random));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void synthesizesAcceptedSettings(Map<String, String> choice) throws IOException {
        ObjectNode settings = AcceptedSettings.apply(choice, Path.of("config/dev.yaml"));
        String environment = settings.remove("environment").asText();
        TestSettings.write(config, environment, settings.toString());
        SynthesizedApp app = SynthesizedApp.of(environment, config);

        assertThat(app.templates()).hasSize(10);
        app.templates().forEach((stack, template) -> {
            assertThat(app.out()
                            .resolve(environment + "-" + stack + ".template.json")
                            .toFile())
                    .satisfies(file -> assertThat(file.length()).isLessThan(MAX_TEMPLATE_BYTES));
            assertThat(template.path("Resources").size()).as(stack).isLessThanOrEqualTo(MAX_RESOURCES);
        });
        NAMES.forEach((property, pattern) -> {
            String[] words = property.split(" ", 2);
            assertThat(app.resources(words[0]).stream()
                            .map(resource -> resource.at("/" + words[1]))
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::asText))
                    .as(property)
                    .allMatch(name -> name.matches(pattern));
        });
        assertThat(Stream.of(
                        environment + "-reverser",
                        app.chartValues("argo-cd")
                                .at("/server/ingress/annotations/alb.ingress.kubernetes.io~1load-balancer-name")
                                .asText()))
                .allMatch(name -> name.matches(LOAD_BALANCER_NAME));
        assertThat(PolicyLimits.of(app)).noneMatch(PolicyLimits::isExceeded);
    }
}
