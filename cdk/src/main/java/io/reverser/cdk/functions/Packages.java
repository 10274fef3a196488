package io.reverser.cdk.functions;

import io.reverser.cdk.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.constructs.Construct;

/**
 * What the build left to be deployed.
 *
 * @param lambdas the folder of the functions
 * @param work for what is made here
 */
public record Packages(Path lambdas, Path work) {

    private static final String QUARKUS = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

    /**
     * A function's code.
     *
     * @param handler the class and method that Lambda calls
     */
    record FunctionCode(String name, Path zip, String handler, int timeOutSeconds) {}

    FunctionCode command() {
        return new FunctionCode(
                "access-command",
                zip("access/command"),
                "io.reverser.access.command.CommandFunction::handleRequest",
                10);
    }

    FunctionCode change() {
        return new FunctionCode("access-change", zip("access/change"), QUARKUS, 60);
    }

    FunctionCode databaseUser() {
        return new FunctionCode("database-user", zip("database"), QUARKUS, 150);
    }

    /** The policy as JSON, which appears under {@code /opt/access.json}. */
    ILayerVersion policyLayer(Construct scope, Settings settings) {
        try {
            Path folder = Files.createDirectories(work.resolve("policy-" + settings.name()));
            Files.writeString(
                    folder.resolve("access.json"), settings.accessText().toString());
            return LayerVersion.Builder.create(scope, "Policy")
                    .description("Who may have which access")
                    .code(Code.fromAsset(folder.toString()))
                    .build();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path zip(String module) {
        Path zip = lambdas.resolve(module).resolve("target/function.zip");
        if (!Files.exists(zip)) {
            throw new IllegalStateException(zip + " is missing: build it with ./mvnw -DskipTests package");
        }
        return zip;
    }
}
