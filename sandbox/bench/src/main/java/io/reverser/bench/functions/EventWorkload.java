package io.reverser.bench.functions;

import io.reverser.simulators.aws.lambda.FunctionPackage;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A workload that invokes a function with an event.
 *
 * @param event the event's name in the report
 * @param invocation invokes the function once
 */
record EventWorkload(
        FunctionPackage code, String event, Map<String, String> environment, Consumer<LambdaFunction> invocation)
        implements Workload {

    @Override
    public String title() {
        return code.name() + ": " + event;
    }

    @Override
    public LambdaFunction newFunction() {
        return LambdaFunction.of(code, environment);
    }

    @Override
    public Caller newCaller(LambdaFunction function) {
        return () -> invocation.accept(function);
    }
}
