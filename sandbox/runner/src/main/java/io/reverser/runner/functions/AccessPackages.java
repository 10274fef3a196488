package io.reverser.runner.functions;

import io.reverser.simulators.aws.lambda.FunctionPackage;
import java.nio.file.Path;

/** The packages of the cluster access functions, as the build creates them and as CDK deploys them. */
public final class AccessPackages {

    private AccessPackages() {}

    /** The package of the function that answers Slack. */
    public static FunctionPackage command(Path repository, Path home) {
        return FunctionPackage.unzip(
                "access-command",
                zip(repository, "command"),
                home,
                "io.reverser.access.command.CommandFunction::handleRequest");
    }

    /** The package of the function that grants and revokes access. */
    public static FunctionPackage granter(Path repository, Path home) {
        return FunctionPackage.unzip(
                "access-granter", zip(repository, "granter"), home, FunctionPackage.QUARKUS_HANDLER);
    }

    /** The ZIP file that the build creates for a function. */
    public static Path zip(Path repository, String function) {
        return repository.resolve("lambdas/access").resolve(function).resolve("target/function.zip");
    }
}
