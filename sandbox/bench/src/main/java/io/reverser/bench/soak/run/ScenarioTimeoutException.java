package io.reverser.bench.soak.run;

import java.io.Serial;

/** Something that people began does not come to its end, however often they try. */
final class ScenarioTimeoutException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    ScenarioTimeoutException(String message) {
        super(message);
    }
}
