package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules for all templates. */
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

    /** An added or removed resource is one line in the diff. */
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

    /** The iteration order of Map.of differs between JVMs, and would change templates with every deployment. */
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

    /** A log group that Lambda creates itself has no retention, so each function has to name one from the template. */
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
     * Everything is installed with Helm, because it installs CustomResourceDefinitions before their resources. CDK's
     * kubectl manifests would not help with objects that are too large for Helm, either.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void installsWithHelmOnly(SynthesizedApp environment) {
        assertThat(environment.resources("Custom::AWSCDK-EKS-KubernetesResource"))
                .isEmpty();
    }

    @Test
    void protectsProductionFromDeletion() {
        assertThat(retainedTypes("prod"))
                .contains(
                        "AWS::RDS::DBCluster",
                        "AWS::DynamoDB::GlobalTable",
                        "AWS::ECR::Repository",
                        "AWS::SecretsManager::Secret",
                        "AWS::S3::Bucket");
    }

    /** Retained resources, like keys, would cost money, or their names would block the next deployment. */
    @Test
    void deletesEverythingInDev() {
        assertThat(retainedTypes("dev")).isEmpty();
    }

    private static List<String> retainedTypes(String environment) {
        return SynthesizedApp.of(environment)
                .resources()
                .filter(resource ->
                        resource.body().path("DeletionPolicy").asText().equals("Retain"))
                .map(Resource::type)
                .distinct()
                .toList();
    }

    /** The logical ID, without the hash of the function's code. */
    private static String stableId(Resource resource) {
        return resource.type().equals("AWS::Lambda::Version")
                ? resource.id().replaceFirst("[0-9a-f]{32}$", "")
                : resource.id();
    }
}
