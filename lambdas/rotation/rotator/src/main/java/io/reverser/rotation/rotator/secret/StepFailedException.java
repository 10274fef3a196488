package io.reverser.rotation.rotator.secret;

/** A step cannot be done. Secrets Manager repeats it. */
public final class StepFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StepFailedException(String why) {
        super(why);
    }
}
