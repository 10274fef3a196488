package io.reverser.rotation;

import java.io.IOException;

/** The Kubernetes API did not do what it was asked, or cannot be reached. */
final class ClusterFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClusterFailure(String call, int status) {
        super("Kubernetes: " + call + ": HTTP " + status);
    }

    ClusterFailure(String call, IOException cause) {
        super("Kubernetes: " + call + ": " + cause.getMessage(), cause);
    }
}
