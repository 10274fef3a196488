package io.reverser.rotation;

/** A step cannot be done. Secrets Manager repeats it. */
final class StepFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    StepFailure(String why) {
        super(why);
    }
}
