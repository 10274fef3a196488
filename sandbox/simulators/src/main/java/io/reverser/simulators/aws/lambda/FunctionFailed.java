package io.reverser.simulators.aws.lambda;

/** Signals that a function returned no result: it threw an exception, exited or timed out. */
public final class FunctionFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    public FunctionFailed(String message) {
        super(message);
    }
}
