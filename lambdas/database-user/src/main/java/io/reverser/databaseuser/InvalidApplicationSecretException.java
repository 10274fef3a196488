package io.reverser.databaseuser;

/** The application's secret lacks a key, or has a value that would need quoting. */
final class InvalidApplicationSecretException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidApplicationSecretException(String reason) {
        super("The application's secret " + reason);
    }
}
