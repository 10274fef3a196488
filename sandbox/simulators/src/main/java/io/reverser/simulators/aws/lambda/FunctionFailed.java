package io.reverser.simulators.aws.lambda;

/** A function that did not answer: it threw, it ended, or its time was over. */
public final class FunctionFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    public FunctionFailed(String message) {
        super(message);
    }
}
