package io.reverser.bench.functions;

import io.reverser.simulators.aws.lambda.LambdaFunction;

/** A function and an event, which the bench sends repeatedly. */
interface Workload {

    /** The name in the report, like {@code access-command: open the form}. */
    String title();

    /** Creates the packaged function without starting a process. */
    LambdaFunction newFunction();

    /**
     * Prepares everything that the event needs besides the function, so that {@link Caller#call} takes only the time of
     * the event.
     */
    Caller newCaller(LambdaFunction function);

    /** Sends the event. */
    interface Caller extends AutoCloseable {

        /**
         * Sends the event, and waits for its outcome.
         *
         * @throws io.reverser.bench.host.BenchException when the outcome is wrong
         */
        void call();

        @Override
        default void close() {}
    }
}
