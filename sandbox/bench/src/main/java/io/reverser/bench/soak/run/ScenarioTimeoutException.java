package io.reverser.bench.soak.run;

import java.io.Serial;

/** Thrown when an action does not finish in time, although it was retried. */
final class ScenarioTimeoutException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    ScenarioTimeoutException(String message) {
        super(message);
    }
}
