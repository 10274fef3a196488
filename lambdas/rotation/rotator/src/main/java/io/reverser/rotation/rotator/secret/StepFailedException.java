package io.reverser.rotation.rotator.secret;

/** A rotation step failed; Secrets Manager will retry it. */
public final class StepFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StepFailedException(String why) {
        super(why);
    }
}
