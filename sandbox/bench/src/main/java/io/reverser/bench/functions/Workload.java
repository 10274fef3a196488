package io.reverser.bench.functions;

import io.reverser.simulators.aws.lambda.LambdaFunction;

/** A function, and an event that the bench sends to the function repeatedly. */
interface Workload {

    /** The workload's name in the report, like {@code access-command: open the form}. */
    String title();

    /** Creates the packaged function without starting a process. */
    LambdaFunction newFunction();

    /**
     * Prepares everything that the event needs besides the function, so that {@link Caller#call} takes only as long as
     * the function needs for the event.
     */
    Caller newCaller(LambdaFunction function);

    /** Sends the workload's event to the function. */
    interface Caller extends AutoCloseable {

        /**
         * Sends the event, and waits until the function has handled it.
         *
         * @throws io.reverser.bench.host.BenchException when the outcome is wrong
         */
        void call();

        @Override
        default void close() {}
    }
}
