package io.reverser.runner.functions;

import io.reverser.simulators.aws.lambda.FunctionPackage;
import java.nio.file.Path;

/** The packages of the access functions, as the build creates them and CDK deploys them. */
public final class AccessPackages {

    private AccessPackages() {}

    /** The function that answers Slack. */
    public static FunctionPackage command(Path repository, Path home) {
        return FunctionPackage.unzip(
                "access-command",
                zip(repository, "command"),
                home,
                "io.reverser.access.command.CommandFunction::handleRequest");
    }

    /** The function that grants and revokes access. */
    public static FunctionPackage granter(Path repository, Path home) {
        return FunctionPackage.unzip(
                "access-granter", zip(repository, "granter"), home, FunctionPackage.QUARKUS_HANDLER);
    }

    /** The package of a function, where the build puts it. */
    public static Path zip(Path repository, String function) {
        return repository.resolve("lambdas/access").resolve(function).resolve("target/function.zip");
    }
}
