package io.reverser.testing;

/** The command cannot do what the user asked; the message tells them why. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
