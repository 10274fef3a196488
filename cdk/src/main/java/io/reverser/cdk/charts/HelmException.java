package io.reverser.cdk.charts;

/** Helm ended with an error, which is a part of the message. */
public final class HelmException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    HelmException(String message) {
        super(message);
    }
}
