package io.reverser.bench.host;

import java.io.Serial;

/** The bench cannot go on, or found something that no figure can make up for; the message is all there is to say. */
public final class BenchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Says why. */
    public BenchException(String message) {
        super(message);
    }
}
