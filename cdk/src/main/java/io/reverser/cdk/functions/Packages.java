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
 * @param nodeModules what npm brought
 * @param work for what is made here
 */
public record Packages(Path lambdas, Path nodeModules, Path work) {

    private static final String QUARKUS = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

    /**
     * A function's code.
     *
     * @param handler the class and method that Lambda calls
     */
    public record FunctionCode(String name, Path zip, String handler, int timeOutSeconds) {}

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

    FunctionCode alarms() {
        return new FunctionCode("alarms", zip("alarms/tell"), QUARKUS, 60);
    }

    /** What changes the database password. */
    public FunctionCode rotation() {
        return new FunctionCode("rotation", zip("rotation/rotate"), QUARKUS, 60);
    }

    /** The policy as JSON, which appears under {@code /opt/access.json}. */
    ILayerVersion policyLayer(Construct scope, Settings settings) {
        return layer(
                        scope,
                        "Policy",
                        "policy-" + settings.name(),
                        "access.json",
                        settings.accessText().toString())
                .description("Who may have which access")
                .build();
    }

    /** The routes of alarms as JSON, which appear under {@code /opt/alarms.json}. */
    ILayerVersion alarmLayer(Construct scope, Settings settings) {
        return layer(
                        scope,
                        "Routes",
                        "alarms-" + settings.name(),
                        "alarms.json",
                        settings.alarmsText().toString())
                .description("Where alarms go")
                .build();
    }

    /** When the database password changes, and how, as JSON, which appears under {@code /opt/rotation.json}. */
    public ILayerVersion planLayer(Construct scope, Settings settings) {
        return layer(
                        scope,
                        "Plan",
                        "rotation-" + settings.name(),
                        "rotation.json",
                        settings.rotationText().toString())
                .description("When the database password changes")
                .build();
    }

    /** Whom to believe that it is the database, which appears under {@code /opt/rds.pem}. */
    public ILayerVersion authoritiesLayer(Construct scope, Settings settings) {
        String authorities = RdsAuthorities.of(nodeModules, settings.region());
        return layer(scope, "Authorities", "authorities-" + settings.name(), "rds.pem", authorities)
                .description("Who signs the certificates of Amazon's databases")
                .build();
    }

    private LayerVersion.Builder layer(Construct scope, String id, String folderName, String file, String content) {
        try {
            Path folder = Files.createDirectories(work.resolve(folderName));
            Files.writeString(folder.resolve(file), content);
            return LayerVersion.Builder.create(scope, id).code(Code.fromAsset(folder.toString()));
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
