package io.reverser.cdk;

import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.charts.KubectlLayer;
import io.reverser.cdk.functions.Packages;
import io.reverser.cdk.settings.InvalidSettings;
import io.reverser.cdk.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code ./platform synth <environment>}: writes the templates, without an AWS account. */
public final class Synth {

    private Synth() {}

    /** Arguments: the repository's folder and the environment. */
    public static void main(String[] arguments) {
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path cdk = repository.resolve("cdk");
        try {
            Path layer = cdk.resolve(KubectlLayer.ZIP);
            if (!Files.exists(layer)) {
                throw new IllegalStateException(layer + " is missing: run npm ci in " + cdk);
            }
            Path out = cdk.resolve("cdk.out").resolve(arguments[1]);
            Platform.of(
                            SettingsFile.read(cdk.resolve("config"), arguments[1]),
                            Catalogue.read(repository.resolve("helm-values")),
                            new Packages(repository.resolve("lambdas"), cdk.resolve("target")),
                            layer,
                            out)
                    .synth();
            System.out.println("platform: templates are in " + out);
        } catch (InvalidSettings | IllegalStateException wrong) {
            System.err.println("platform: " + wrong.getMessage());
            System.exit(1);
        }
    }
}
