package io.reverser.cdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagReportFormat;
import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.lambda.LambdaArtifacts;
import io.reverser.cdk.settings.SettingsFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/** The CloudFormation templates of an environment, synthesised once for all tests.
 *
 * @param out the folder with the templates
 * @param templates the templates by stack, like {@code network}
 */
public record SynthesizedApp(String environment, Path out, Map<String, JsonNode> templates) {

    static final List<String> ENVIRONMENTS = List.of("dev", "prod");

    /** A stub of the npm package with the CA certificates of RDS; RdsCaBundleTest reads the real package. */
    public static final Path NPM = Path.of("src/test/resources/npm");

    private static final Path CONFIG = Path.of("config");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, SynthesizedApp> ALL = new ConcurrentHashMap<>();

    /** A CloudFormation resource. */
    public record Resource(String stack, String id, JsonNode body) {

        public String type() {
            return body.path("Type").asText();
        }

        public JsonNode properties() {
            return body.path("Properties");
        }

        /** The property at a JSON pointer. */
        public JsonNode at(String pointer) {
            return properties().at(pointer);
        }

        public List<String> dependsOn() {
            return texts(body.path("DependsOn"));
        }
    }

    public static SynthesizedApp of(String environment) {
        assumeTrue(hasNode(), "CDK needs Node, which is not installed here");
        return ALL.computeIfAbsent(environment, name -> synthesize(name, CONFIG, NPM, Set.of(), true));
    }

    /** Synthesises an environment in a separate JVM. Arguments: the environment, and an output folder. */
    public static void main(String[] arguments) throws IOException {
        synthesize(arguments[0], CONFIG, NPM, Set.of(), Path.of(arguments[1]), false);
    }

    public static Stream<SynthesizedApp> all() {
        return ENVIRONMENTS.stream().map(SynthesizedApp::of);
    }

    public Stream<Resource> resources() {
        return templates.entrySet().stream()
                .flatMap(template -> template.getValue().path("Resources").properties().stream()
                        .map(resource -> new Resource(template.getKey(), resource.getKey(), resource.getValue())));
    }

    /** All resources of a type like {@code AWS::EKS::Addon}. */
    public List<Resource> resources(String type) {
        return resources().filter(resource -> resource.type().equals(type)).toList();
    }

    /** The resource of a type that has only one. */
    public Resource resource(String type) {
        List<Resource> found = resources(type);
        if (found.size() != 1) {
            throw new AssertionError("found %d of %s, expected one".formatted(found.size(), type));
        }
        return found.getFirst();
    }

    /** The resource of a type whose property at the pointer has this value. */
    public Resource resource(String type, String pointer, String value) {
        return resources(type).stream()
                .filter(resource -> resource.at(pointer).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s with %s at %s".formatted(type, value, pointer)));
    }

    /**
     * The chart values of a Helm release. The text {@code reference} replaces values that are known only at deployment.
     */
    JsonNode chartValues(String release) {
        return chartValues(resource("Custom::AWSCDK-EKS-HelmChart", "/Release", release));
    }

    static JsonNode chartValues(Resource release) {
        JsonNode values = release.at("/Values");
        String text = values.isTextual()
                ? values.asText()
                : items(values.at("/Fn::Join/1"))
                        .map(part -> part.isTextual() ? part.asText() : "reference")
                        .collect(Collectors.joining());
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** The template of a stack. */
    public JsonNode template(String stack) {
        return Objects.requireNonNull(templates.get(stack), stack);
    }

    /** Whether CloudFormation refuses to delete a stack. */
    boolean hasTerminationProtection(String stack) {
        return read("manifest.json")
                .path("artifacts")
                .path(stackName(stack))
                .path("properties")
                .path("terminationProtection")
                .asBoolean();
    }

    /** The stacks on which a stack depends. */
    public List<String> dependencies(String stack) {
        return texts(read("manifest.json")
                        .path("artifacts")
                        .path(stackName(stack))
                        .path("dependencies"))
                .stream()
                .filter(name -> !name.endsWith(".assets"))
                .map(name -> name.substring(environment.length() + 1))
                .toList();
    }

    /** The findings of cdk-nag, each as {@code rule stack/path}. */
    List<String> nagFindings() {
        return templates.keySet().stream()
                .flatMap(stack -> items(read("AwsSolutions-" + stackName(stack) + "-NagReport.json")
                        .path("lines")))
                .filter(line -> !line.path("compliance").asText().equals("Compliant"))
                .map(line -> line.path("ruleId").asText() + " "
                        + line.path("resourceId").asText().substring(environment.length() + 1))
                .sorted()
                .toList();
    }

    /** The findings of CloudFormation's validator, each as {@code rule stack/path}. */
    List<String> validationFindings() {
        return items(read("validation-report.json").path("pluginReports"))
                .flatMap(report -> items(report.path("violations")))
                .flatMap(violation -> items(violation.path("violatingConstructs"))
                        .map(construct -> violation.path("ruleName").asText() + " "
                                + construct.path("constructPath").asText()))
                .toList();
    }

    public static Stream<JsonNode> items(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }

    /** The node itself if it is a string, or the strings in it if it is a list. */
    public static List<String> texts(JsonNode nodes) {
        return nodes.isTextual()
                ? List.of(nodes.asText())
                : items(nodes).map(JsonNode::asText).toList();
    }

    private String stackName(String stack) {
        return environment + "-" + stack;
    }

    private JsonNode read(String file) {
        try {
            return JSON.readTree(out.resolve(file).toFile());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Synthesises an environment with settings from another folder, without the findings of cdk-nag. */
    public static SynthesizedApp of(String environment, Path config) {
        assumeTrue(hasNode(), "CDK needs Node, which is not installed here");
        return synthesize(environment, config, NPM, Set.of(), false);
    }

    /** Synthesises an environment with npm packages from another folder, without the findings of cdk-nag. */
    public static SynthesizedApp withNodeModules(String environment, Path nodeModules) {
        assumeTrue(hasNode(), "CDK needs Node, which is not installed here");
        return synthesize(environment, CONFIG, nodeModules, Set.of(), false);
    }

    /** Synthesises an environment in which these stacks are not deployed yet, without the findings of cdk-nag. */
    static SynthesizedApp of(String environment, Set<String> unprotected) {
        assumeTrue(hasNode(), "CDK needs Node, which is not installed here");
        return synthesize(environment, CONFIG, NPM, unprotected, false);
    }

    private static SynthesizedApp synthesize(
            String environment, Path config, Path nodeModules, Set<String> unprotected, boolean nag) {
        try {
            Path work = Files.createTempDirectory(Files.createDirectories(Path.of("target/synthesized")), environment);
            return synthesize(environment, config, nodeModules, unprotected, work.toAbsolutePath(), nag);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SynthesizedApp synthesize(
            String environment, Path config, Path nodeModules, Set<String> unprotected, Path work, boolean nag)
            throws IOException {
        Path layer = Files.createDirectories(work.resolve("layer"));
        Files.writeString(layer.resolve("empty"), "");
        for (String function :
                List.of("access/command", "access/granter", "alarms/notifier", "rotation/rotator", "database-user")) {
            Path target = Files.createDirectories(
                    work.resolve("lambdas").resolve(function).resolve("target"));
            try (var zip = new ZipOutputStream(Files.newOutputStream(target.resolve("function.zip")))) {
                zip.putNextEntry(new ZipEntry(function));
            }
        }
        Path out = work.resolve("out");
        App app = Platform.createApp(
                SettingsFile.read(config, environment),
                Catalogue.read(Path.of("../helm-values")),
                new LambdaArtifacts(work.resolve("lambdas"), nodeModules, work),
                layer,
                out,
                unprotected);
        if (nag) {
            Aspects.of(app)
                    .add(AwsSolutionsChecks.Builder.create()
                            .reportFormats(List.of(NagReportFormat.JSON))
                            .build());
        }
        app.synth();
        return new SynthesizedApp(environment, out, templates(environment, out));
    }

    private static Map<String, JsonNode> templates(String environment, Path out) throws IOException {
        var templates = new TreeMap<String, JsonNode>();
        try (var files = Files.newDirectoryStream(out, "*.template.json")) {
            for (Path file : files) {
                String stack = String.valueOf(file.getFileName())
                        .substring(environment.length() + 1)
                        .replace(".template.json", "");
                templates.put(stack, JSON.readTree(file.toFile()));
            }
        }
        return templates;
    }

    private static boolean hasNode() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }
}
