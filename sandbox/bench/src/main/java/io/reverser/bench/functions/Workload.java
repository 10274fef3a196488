package io.reverser.bench.functions;

import io.reverser.simulators.aws.lambda.LambdaFunction;

/** A function, and one event for it, again and again. */
interface Workload {

    /** Like {@code access-command: open the form}. */
    String title();

    /** The function as it is deployed; no process runs yet. */
    LambdaFunction newFunction();

    /** All that an event needs around the function, so that {@link Caller#call} is the event and nothing else. */
    Caller newCaller(LambdaFunction function);

    /** Sends the event. */
    interface Caller extends AutoCloseable {

        /**
         * Sends it, and waits for what has to come of it.
         *
         * @throws io.reverser.bench.host.BenchException when something else came
         */
        void call();

        @Override
        default void close() {}
    }
}
