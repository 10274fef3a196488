package io.reverser.testing;

/** Thrown when {@code ./platform test} cannot do what the user asked for; the message tells the user why. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
