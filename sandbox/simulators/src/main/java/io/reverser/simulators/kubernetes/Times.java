package io.reverser.simulators.kubernetes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Kubernetes tells time in whole seconds. */
final class Times {

    private Times() {}

    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
