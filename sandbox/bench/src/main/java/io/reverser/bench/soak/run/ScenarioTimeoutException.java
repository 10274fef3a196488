package io.reverser.bench.soak.run;

import java.io.Serial;

/** An action does not finish, however often it is retried. */
final class ScenarioTimeoutException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    ScenarioTimeoutException(String message) {
        super(message);
    }
}
