package io.reverser.databaseuser;

/** The application's secret does not say what is needed, or says it in characters that are not taken. */
final class InvalidApplicationSecretException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidApplicationSecretException(String reason) {
        super("The application's secret " + reason);
    }
}
