package io.reverser.bench.functions;

import io.reverser.simulators.aws.lambda.LambdaFunction;

/** A function and an event, which the bench sends repeatedly. */
interface Workload {

    /** Like {@code access-command: open the form}. */
    String title();

    /** The packaged function; no process runs yet. */
    LambdaFunction newFunction();

    /** Prepares everything around the function, so that {@link Caller#call} measures the event alone. */
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
