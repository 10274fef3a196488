package io.reverser.bench;

import java.io.Serial;

/** The bench cannot go on, or found something that no figure can make up for; the message is all there is to say. */
public final class BenchFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Says why. */
    public BenchFailure(String message) {
        super(message);
    }
}
