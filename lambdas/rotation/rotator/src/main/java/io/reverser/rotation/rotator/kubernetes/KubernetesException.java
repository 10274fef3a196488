package io.reverser.rotation.rotator.kubernetes;

import java.io.IOException;

/** The Kubernetes API rejected a call, or is unavailable. */
public final class KubernetesException extends RuntimeException {

    private static final long serialVersionUID = 1;

    KubernetesException(String call, int status) {
        super("Kubernetes: " + call + ": HTTP " + status);
    }

    KubernetesException(String call, IOException cause) {
        super("Kubernetes: " + call + ": " + cause.getMessage(), cause);
    }
}
