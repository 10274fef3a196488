package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.Synthesised.Resource;
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

/** What is true of every template. */
class EveryStackTest {

    private static final int MOST_RESOURCES = 450;
    private static final int MOST_BYTES = 400_000;
    private static final Path NAG_EXCEPTIONS = Path.of("src/test/resources/nag-exceptions.txt");

    static Stream<Synthesised> environments() {
        return Synthesised.all();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void isMadeOfStacksByLifeCycleEachSmallEnough(Synthesised environment) {
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
            assertThat(template.path("Resources").size()).as(stack).isLessThan(MOST_RESOURCES);
            assertThat(template.toString().getBytes(StandardCharsets.UTF_8))
                    .as(stack)
                    .hasSizeLessThan(MOST_BYTES);
        });
    }

    /** A new resource, or one that is gone, is a line in the change. */
    @ParameterizedTest
    @MethodSource("environments")
    void hasTheseResources(Synthesised environment) {
        Golden.check(
                environment.environment() + ".resources.txt",
                environment
                        .resources()
                        .map(resource -> resource.stack() + " " + resource.type() + " " + stable(resource))
                        .sorted()
                        .toList());
    }

    /** A map without an order has another one in each JVM, and would change templates with every deployment. */
    @Test
    void isTheSameFromEveryJvm(@TempDir Path work) throws IOException, InterruptedException {
        Synthesised dev = Synthesised.of("dev");
        Path log = work.resolve("log");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Synthesised.class.getName(),
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
    void satisfiesAwssOwnValidator(Synthesised environment) {
        assertThat(environment.validation()).isEmpty();
    }

    @Test
    void satisfiesCdkNagButForWhatIsExplained() throws IOException {
        List<String> explained = Files.readAllLines(NAG_EXCEPTIONS).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(explained).allMatch(line -> line.matches("AwsSolutions-\\w+ [|] \\S+ [|] .{15,}"));
        assertThat(explained.stream().map(line -> line.replaceFirst(" [|] (\\S+) [|].*", " $1")))
                .containsExactlyInAnyOrderElementsOf(environments()
                        .flatMap(found -> found.nag().stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** A log group that AWS makes itself is kept for ever, so each function names one of ours. */
    @ParameterizedTest
    @MethodSource("environments")
    void keepsNoLogForEver(Synthesised environment) {
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

    /** Helm must install resources with definitions of their own; what it is too large for, kubectl cannot apply either. */
    @ParameterizedTest
    @MethodSource("environments")
    void appliesNothingWithKubectl(Synthesised environment) {
        assertThat(environment.resources("Custom::AWSCDK-EKS-KubernetesResource"))
                .isEmpty();
    }

    @Test
    void protectsProductionFromDeletion() {
        assertThat(kept("prod"))
                .contains(
                        "AWS::RDS::DBCluster",
                        "AWS::DynamoDB::GlobalTable",
                        "AWS::ECR::Repository",
                        "AWS::SecretsManager::Secret",
                        "AWS::S3::Bucket");
    }

    /** What is left would cost something, like keys, or be in the way of the next deployment, by its name. */
    @Test
    void leavesNothingOfDevBehind() {
        assertThat(kept("dev")).isEmpty();
    }

    private static List<String> kept(String environment) {
        return Synthesised.of(environment)
                .resources()
                .filter(resource ->
                        resource.body().path("DeletionPolicy").asText().equals("Retain"))
                .map(Resource::type)
                .distinct()
                .toList();
    }

    /** Without what depends on the content of the function. */
    private static String stable(Resource resource) {
        return resource.type().equals("AWS::Lambda::Version")
                ? resource.id().replaceFirst("[0-9a-f]{32}$", "")
                : resource.id();
    }
}
