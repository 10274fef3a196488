package io.reverser.bench.functions;

import io.reverser.runner.AccessSurroundings;
import io.reverser.simulators.lambda.FunctionPackage;
import io.reverser.simulators.lambda.HttpApi;
import io.reverser.simulators.lambda.LambdaFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Starts a function again and again for one request each, as Lambda does: a whole processor until it asks for work. */
final class ColdStarts {

    private static final double NANOS = 1e6;

    private final AccessSurroundings surroundings;
    private int tables;

    ColdStarts(AccessSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * How long starts took.
     *
     * @param init from the start of the process until it asks for work
     * @param answer from the request to its answer
     * @param total both
     */
    record Measured(Times init, Times answer, Times total) {}

    /** Starts it so often. */
    Measured of(FunctionPackage code, Act act, Optional<CpuShare> share, int starts) {
        var init = new ArrayList<Double>();
        var answer = new ArrayList<Double>();
        for (int i = 0; i < starts; i++) {
            try (var function = LambdaFunction.of(code, environment("cold"));
                    var api = HttpApi.start(function);
                    var app = surroundings.app(api.uri())) {
                long begin = System.nanoTime();
                ProcessHandle process = function.start();
                long ready = System.nanoTime();
                share.ifPresent(limit -> limit.limit(process));
                long asked = System.nanoTime();
                act.perform(app);
                answer.add((System.nanoTime() - asked) / NANOS);
                init.add((ready - begin) / NANOS);
            }
        }
        List<Double> total = IntStream.range(0, starts)
                .mapToObj(i -> init.get(i) + answer.get(i))
                .toList();
        return new Measured(new Times(init), new Times(answer), new Times(total));
    }

    /** How long answers take that need nothing from outside, once the function is warm. */
    Times warm(FunctionPackage code, Optional<CpuShare> share, int warmUp, int count) {
        try (var function = LambdaFunction.of(code, environment("warm"));
                var api = HttpApi.start(function);
                var app = surroundings.app(api.uri())) {
            share.ifPresent(limit -> limit.limit(function.start()));
            IntStream.range(0, warmUp).forEach(i -> Act.HELP.perform(app));
            return new Times(IntStream.range(0, count)
                    .mapToObj(i -> {
                        long asked = System.nanoTime();
                        Act.HELP.perform(app);
                        return (System.nanoTime() - asked) / NANOS;
                    })
                    .toList());
        }
    }

    /** Each start has a table of its own, in which nobody asked for anything yet. */
    private Map<String, String> environment(String use) {
        var environment = new HashMap<>(surroundings.withTable(use + "-" + ++tables));
        environment.put("PLAIN_SIGNING_SECRET", AccessSurroundings.SIGNING_SECRET);
        return environment;
    }
}
