package io.reverser.cdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.functions.Packages;
import io.reverser.cdk.settings.SettingsFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** The templates of an environment, without AWS; made once for all tests. */
final class Synthesised {

    private static final Map<String, Map<String, Template>> ENVIRONMENTS = new ConcurrentHashMap<>();

    private Synthesised() {}

    /** The template of a stack like {@code network}. */
    static Template stack(String environment, String name) {
        return all(environment).getOrDefault(environment + "-" + name, Template.fromString("{}"));
    }

    /** All templates by stack name. */
    static Map<String, Template> all(String environment) {
        assumeTrue(hasNode(), "CDK needs Node, which is not installed here");
        return ENVIRONMENTS.computeIfAbsent(environment, Synthesised::synthesise);
    }

    private static Map<String, Template> synthesise(String environment) {
        try {
            Path work = Files.createTempDirectory(Files.createDirectories(Path.of("target/synthesised")), environment)
                    .toAbsolutePath();
            Path layer = Files.createDirectories(work.resolve("layer"));
            Files.writeString(layer.resolve("empty"), "");
            for (String function : new String[] {"access/command", "access/change"}) {
                Path target = Files.createDirectories(
                        work.resolve("lambdas").resolve(function).resolve("target"));
                Files.writeString(target.resolve("function.zip"), function);
            }
            App app = Platform.of(
                    SettingsFile.read(Path.of("config"), environment),
                    Catalogue.read(Path.of("../helm-values")),
                    new Packages(work.resolve("lambdas"), work),
                    layer,
                    work.resolve("out"));
            return app.getNode().getChildren().stream()
                    .filter(Stack.class::isInstance)
                    .map(Stack.class::cast)
                    .collect(Collectors.toMap(Stack::getStackName, Template::fromStack));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static boolean hasNode() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }
}
