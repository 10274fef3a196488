package io.reverser.cdk.charts;

/** Helm failed; the message contains its error output. */
public final class HelmException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    HelmException(String message) {
        super(message);
    }
}
