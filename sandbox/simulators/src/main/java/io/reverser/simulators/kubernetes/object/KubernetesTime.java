package io.reverser.simulators.kubernetes.object;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Formats timestamps as Kubernetes does, in whole seconds. */
public final class KubernetesTime {

    private KubernetesTime() {}

    public static String format(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
