package io.reverser.cdk.cli;

import io.reverser.cdk.deploy.AwsAccount;
import io.reverser.cdk.deploy.DeployMessages;
import io.reverser.cdk.deploy.PermissionVerification;
import io.reverser.cdk.settings.InvalidSettingsException;
import io.reverser.cdk.settings.Settings;
import io.reverser.cdk.settings.SettingsFile;
import java.nio.file.Path;

/** {@code ./platform verify-permissions <environment>}: asks AWS what the deployed roles may do. */
public final class VerifyPermissionsCommand {

    private VerifyPermissionsCommand() {}

    /** Arguments: the repository's folder and the environment. */
    public static void main(String[] arguments) {
        try {
            Settings settings = SettingsFile.read(Path.of(arguments[0]).resolve("cdk/config"), arguments[1]);
            var report = new PermissionVerification(AwsAccount.fromEnvironment(settings.region()), settings).run();
            System.out.println(DeployMessages.verificationResult(report));
            System.exit(report.problems().isEmpty() ? 0 : 1);
        } catch (InvalidSettingsException invalid) {
            System.err.println("platform: " + invalid.getMessage());
            System.exit(1);
        }
    }
}
