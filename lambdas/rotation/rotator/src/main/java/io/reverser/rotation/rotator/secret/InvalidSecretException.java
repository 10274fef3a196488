package io.reverser.rotation.rotator.secret;

/** A secret that cannot be used. The message names the problem, and shows nothing of the secret. */
public final class InvalidSecretException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidSecretException(String what) {
        super("The secret " + what);
    }
}
