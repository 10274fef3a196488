package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules for the templates of all stacks. */
class EveryStackTest {

    private static final int MAX_RESOURCES = 450;
    private static final int MAX_TEMPLATE_BYTES = 400_000;
    private static final Path NAG_EXCEPTIONS = Path.of("src/test/resources/nag-exceptions.txt");

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void splitsStacksByLifecycle(SynthesizedApp environment) {
        assertThat(environment.templates().keySet())
                .containsExactlyInAnyOrder(
                        "network",
                        "cluster",
                        "addons",
                        "argocd",
                        "app",
                        "database",
                        "rotation",
                        "delivery",
                        "functions",
                        "observability");
        environment.templates().forEach((stack, template) -> {
            assertThat(template.path("Resources").size()).as(stack).isLessThan(MAX_RESOURCES);
            assertThat(template.toString().getBytes(StandardCharsets.UTF_8))
                    .as(stack)
                    .hasSizeLessThan(MAX_TEMPLATE_BYTES);
        });
    }

    /** The golden file lists all resources, so that an added or removed resource is one line in its diff. */
    @ParameterizedTest
    @MethodSource("environments")
    void createsOnlyGoldenResources(SynthesizedApp environment) {
        GoldenFile.check(
                environment.environment() + ".resources.txt",
                environment
                        .resources()
                        .map(resource -> resource.stack() + " " + resource.type() + " " + stableId(resource))
                        .sorted()
                        .toList());
    }

    /**
     * The iteration order of Map.of differs between JVMs. Without sorting, it would change the templates with every
     * deployment.
     */
    @Test
    void synthesizesIdenticalTemplatesInEveryJvm(@TempDir Path work) throws IOException, InterruptedException {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        Path log = work.resolve("log");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SynthesizedApp.class.getName(),
                        "dev",
                        work.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(other.waitFor()).as(Files.readString(log)).isZero();
        for (String stack : dev.templates().keySet()) {
            String file = "dev-" + stack + ".template.json";
            assertThat(work.resolve("out").resolve(file))
                    .hasSameTextualContentAs(dev.out().resolve(file));
        }
    }

    @ParameterizedTest
    @MethodSource("environments")
    void passesCloudFormationValidation(SynthesizedApp environment) {
        assertThat(environment.validationFindings()).isEmpty();
    }

    @Test
    void passesCdkNagWithListedExceptions() throws IOException {
        List<String> explained = Files.readAllLines(NAG_EXCEPTIONS).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(explained).allMatch(line -> line.matches("AwsSolutions-\\w+ [|] \\S+ [|] .{15,}"));
        assertThat(explained.stream().map(line -> line.replaceFirst(" [|] (\\S+) [|].*", " $1")))
                .containsExactlyInAnyOrderElementsOf(environments()
                        .flatMap(found -> found.nagFindings().stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * A log group that Lambda creates itself has no retention period, so each function has to name a log group of the
     * template.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void setsRetentionOnEveryLogGroup(SynthesizedApp environment) {
        assertThat(environment.resources("AWS::Logs::LogGroup"))
                .hasSizeGreaterThan(8)
                .allSatisfy(group -> assertThat(group.at("/RetentionInDays").asInt())
                        .as(group.id())
                        .isEqualTo(30));
        assertThat(environment.resources("AWS::Lambda::Function"))
                .allSatisfy(function -> assertThat(
                                function.at("/LoggingConfig/LogGroup/Ref").asText())
                        .as(function.id())
                        .isNotEmpty());
    }

    /**
     * Everything in the cluster is installed with Helm, because Helm installs CustomResourceDefinitions before the
     * custom resources. CDK's kubectl manifests would not help with objects that are too large for Helm, either.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void installsWithHelmOnly(SynthesizedApp environment) {
        assertThat(environment.resources("Custom::AWSCDK-EKS-KubernetesResource"))
                .isEmpty();
    }

    @Test
    void protectsProductionFromDeletion() {
        assertThat(retained("prod"))
                .containsExactlyInAnyOrder(
                        "network AccessLogsBucketCD784A59",
                        "database SecurityGroupDD263621",
                        "database ClusterSubnetsDCFA5CB7",
                        "database ClusterParameterGroup879806FD",
                        "database ClusterEB0386A7",
                        "database Clusterwriter2D9E9F4C",
                        "database ClusterSecret6368BD0F",
                        "database ClusterSecretAttachment769E6258",
                        "database ApplicationD9CED6CE",
                        "delivery Images2D38C313",
                        "functions AccessRequestsTable4973751C",
                        "functions AccessTagSigningKey9A1F8CF5",
                        "rotation RotationsTable01937F80");
    }

    /**
     * CloudFormation keeps resources with the policy Retain also when it rolls back their creation. Their names would
     * block the next attempt.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void deletesEverythingWhenCreationIsRolledBack(SynthesizedApp environment) {
        assertThat(environment.resources())
                .noneMatch(resource ->
                        resource.body().path("DeletionPolicy").asText().equals("Retain"));
    }

    /** A protected resource can neither be rolled back nor deleted, so a failed first deployment could not be repeated. */
    @Test
    void protectsOnlyDeployedStacks() {
        SynthesizedApp deployed = SynthesizedApp.of("prod");
        SynthesizedApp created = SynthesizedApp.of(
                "prod",
                deployed.templates().keySet().stream().map("prod-"::concat).collect(Collectors.toSet()));
        deployed.templates().forEach((stack, template) -> {
            assertThat(deployed.hasTerminationProtection(stack)).as(stack).isTrue();
            assertThat(created.hasTerminationProtection(stack)).as(stack).isFalse();
            assertThat(template.toString().replaceAll("(\"DeletionProtection(Enabled)?\"):true", "$1:false"))
                    .isEqualTo(created.template(stack).toString());
        });
        assertThat(Stream.of("cluster", "database", "functions", "rotation").map(deployed::template))
                .allMatch(template -> template.toString().matches(".*\"DeletionProtection(Enabled)?\":true.*"));
        SynthesizedApp extended = SynthesizedApp.of("prod", Set.of("prod-rotation"));
        assertThat(deployed.templates().keySet().stream().filter(stack -> !extended.hasTerminationProtection(stack)))
                .containsExactly("rotation");
        assertThat(extended.template("database")).isEqualTo(deployed.template("database"));
    }

    /** Retained resources, like KMS keys, would cost money, or their names would block the next deployment of dev. */
    @Test
    void deletesEverythingInDev() {
        assertThat(retained("dev")).isEmpty();
    }

    private static List<String> retained(String environment) {
        return SynthesizedApp.of(environment)
                .resources()
                .filter(resource ->
                        resource.body().path("DeletionPolicy").asText().startsWith("Retain"))
                .map(resource -> resource.stack() + " " + resource.id())
                .toList();
    }

    /** The logical ID of a resource, without the hash of a function's code, which some logical IDs contain. */
    private static String stableId(Resource resource) {
        return resource.type().equals("AWS::Lambda::Version")
                ? resource.id().replaceFirst("[0-9a-f]{32}$", "")
                : resource.id();
    }
}
