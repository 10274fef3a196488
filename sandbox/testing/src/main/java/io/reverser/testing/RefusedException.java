package io.reverser.testing;

/** The command cannot do what it was asked for. The message is for the person who asked. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
