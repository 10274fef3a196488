package io.reverser.bench.host;

import java.io.Serial;

/** Thrown when the bench cannot continue or a result is wrong; the message says why. */
public final class BenchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public BenchException(String message) {
        super(message);
    }
}
