package io.reverser.cdk.cli;

import io.reverser.cdk.Platform;
import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.charts.KubectlLayer;
import io.reverser.cdk.lambda.LambdaArtifacts;
import io.reverser.cdk.settings.InvalidSettingsException;
import io.reverser.cdk.settings.Settings;
import io.reverser.cdk.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** {@code ./platform synth <environment>}: writes the CloudFormation templates; needs no AWS account. */
public final class SynthCommand {

    private SynthCommand() {}

    /** Arguments: the repository's folder and the environment. */
    public static void main(String[] arguments) {
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        try {
            synthesize(repository, arguments[1]);
            System.out.println("platform: templates are in " + outputFolder(repository, arguments[1]));
        } catch (InvalidSettingsException | IllegalStateException invalid) {
            System.err.println("platform: " + invalid.getMessage());
            System.exit(1);
        }
    }

    /** Writes the CloudFormation templates of an environment whose stacks are all deployed. */
    public static Settings synthesize(Path repository, String environment) {
        return synthesize(repository, environment, Set.of());
    }

    /** Writes the CloudFormation templates of an environment.
     *
     * @param unprotected the stacks that get no deletion protection yet, because they are not deployed
     * @throws InvalidSettingsException if its settings are invalid
     * @throws IllegalStateException if a build artifact is missing
     */
    public static Settings synthesize(Path repository, String environment, Set<String> unprotected) {
        Path cdk = repository.resolve("cdk");
        Path layer = cdk.resolve(KubectlLayer.ZIP);
        if (!Files.exists(layer)) {
            throw new IllegalStateException(layer + " is missing: run npm ci in " + cdk);
        }
        Settings settings = SettingsFile.read(cdk.resolve("config"), environment);
        Platform.createApp(
                        settings,
                        Catalogue.read(repository.resolve("helm-values")),
                        new LambdaArtifacts(
                                repository.resolve("lambdas"), cdk.resolve("node_modules"), cdk.resolve("target")),
                        layer,
                        outputFolder(repository, environment),
                        unprotected)
                .synth();
        return settings;
    }

    /** The folder of an environment's templates. */
    public static Path outputFolder(Path repository, String environment) {
        return repository.resolve("cdk/cdk.out").resolve(environment);
    }
}
