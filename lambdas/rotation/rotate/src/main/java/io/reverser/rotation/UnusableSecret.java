package io.reverser.rotation;

/** A secret that does not hold what it should. Says what is wrong with it, and shows none of it. */
final class UnusableSecret extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableSecret(String what) {
        super("The secret " + what);
    }
}
