package io.reverser.database;

/** The application's secret does not say what is needed, or says it in characters that are not taken. */
final class UnusableSecret extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableSecret(String what) {
        super("The application's secret " + what);
    }
}
