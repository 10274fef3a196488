package io.reverser.rotation.rotator.secret;

/** A secret that does not hold what it should. Says what is wrong with it, and shows none of it. */
public final class InvalidSecretException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidSecretException(String what) {
        super("The secret " + what);
    }
}
