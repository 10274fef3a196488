package io.reverser.cdk.lambda;

import io.reverser.cdk.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.constructs.Construct;

/** The build artifacts of the Lambda functions: their code and their layers.
 *
 * @param lambdasFolder the folder {@code lambdas}
 * @param nodeModules the folder {@code node_modules}
 * @param layerFolder the folder to which the files of layers are written
 */
public record LambdaArtifacts(Path lambdasFolder, Path nodeModules, Path layerFolder) {

    private static final String QUARKUS_HANDLER =
            "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

    /**
     * A function's code.
     *
     * @param handler the class and method that Lambda invokes
     */
    public record FunctionCode(String name, Path zip, String handler, int timeoutSeconds) {}

    public FunctionCode accessCommand() {
        return new FunctionCode(
                "access-command",
                zip("access/command"),
                "io.reverser.access.command.CommandFunction::handleRequest",
                10);
    }

    public FunctionCode accessGranter() {
        return new FunctionCode("access-granter", zip("access/granter"), QUARKUS_HANDLER, 60);
    }

    public FunctionCode databaseUser() {
        return new FunctionCode("database-user", zip("database-user"), QUARKUS_HANDLER, 150);
    }

    public FunctionCode alarmsNotifier() {
        return new FunctionCode("alarms-notifier", zip("alarms/notifier"), QUARKUS_HANDLER, 60);
    }

    /** The function that rotates the database password. */
    public FunctionCode rotator() {
        return new FunctionCode("rotation-rotator", zip("rotation/rotator"), QUARKUS_HANDLER, 60);
    }

    /** A layer with the access policy, in {@code /opt/access.json}. */
    public ILayerVersion accessPolicyLayer(Construct scope, Settings settings) {
        return layer(
                        scope,
                        "Policy",
                        "access-policy-" + settings.name(),
                        "access.json",
                        settings.accessJson().toString())
                .description("Policy of cluster access")
                .build();
    }

    /** A layer with the alarm routes, in {@code /opt/alarms.json}. */
    public ILayerVersion alarmRoutesLayer(Construct scope, Settings settings) {
        return layer(
                        scope,
                        "Routes",
                        "alarms-" + settings.name(),
                        "alarms.json",
                        settings.alarmsJson().toString())
                .description("Routes of alarms")
                .build();
    }

    /** A layer with the rotation plan, in {@code /opt/rotation.json}. */
    public ILayerVersion rotationPlanLayer(Construct scope, Settings settings) {
        return layer(
                        scope,
                        "RotationPlan",
                        "rotation-" + settings.name(),
                        "rotation.json",
                        settings.rotationJson().toString())
                .description("Rotation plan of the database password")
                .build();
    }

    /** A layer with the CA certificates of Amazon RDS, in {@code /opt/rds.pem}. */
    public ILayerVersion caBundleLayer(Construct scope, Settings settings) {
        String certificates = RdsCaBundle.readPem(nodeModules, settings.region());
        return layer(scope, "CaBundle", "ca-bundle-" + settings.name(), "rds.pem", certificates)
                .description("CA certificates of Amazon RDS")
                .build();
    }

    private LayerVersion.Builder layer(Construct scope, String id, String folderName, String file, String content) {
        try {
            Path folder = Files.createDirectories(layerFolder.resolve(folderName));
            Files.writeString(folder.resolve(file), content);
            return LayerVersion.Builder.create(scope, id).code(Code.fromAsset(folder.toString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path zip(String module) {
        Path zip = lambdasFolder.resolve(module).resolve("target/function.zip");
        if (!Files.exists(zip)) {
            throw new IllegalStateException(zip + " is missing: build it with ./mvnw -DskipTests package");
        }
        return zip;
    }
}
