package io.reverser.bench.functions;

import io.reverser.bench.host.CpuQuota;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.simulators.aws.lambda.FunctionPackage;
import io.reverser.simulators.aws.lambda.HttpApi;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Starts a function again and again for one request each, as Lambda does: a whole processor until it asks for work. */
final class ColdStarts {

    private static final double NANOS_PER_MS = 1e6;

    private final SimulatedBackends backends;
    private int tables;

    ColdStarts(SimulatedBackends backends) {
        this.backends = backends;
    }

    /**
     * How long starts took.
     *
     * @param init from the start of the process until it asks for work
     * @param response from the request to its answer
     * @param total both
     */
    record ColdStartLatencies(Latencies init, Latencies response, Latencies total) {}

    /** Starts it so often. */
    ColdStartLatencies measure(
            FunctionPackage code, SlackInteraction interaction, Optional<CpuQuota> cpuQuota, int starts) {
        var init = new ArrayList<Double>();
        var response = new ArrayList<Double>();
        for (int i = 0; i < starts; i++) {
            try (var function = LambdaFunction.of(code, createEnvironment("cold"));
                    var api = HttpApi.start(function);
                    var app = backends.newSlackApp(api.uri())) {
                long begin = System.nanoTime();
                ProcessHandle process = function.start();
                long ready = System.nanoTime();
                cpuQuota.ifPresent(quota -> quota.applyTo(process));
                long requestedAt = System.nanoTime();
                interaction.perform(app);
                response.add((System.nanoTime() - requestedAt) / NANOS_PER_MS);
                init.add((ready - begin) / NANOS_PER_MS);
            }
        }
        List<Double> total = IntStream.range(0, starts)
                .mapToObj(i -> init.get(i) + response.get(i))
                .toList();
        return new ColdStartLatencies(new Latencies(init), new Latencies(response), new Latencies(total));
    }

    /** How long answers take that need nothing from outside, once the function is warm. */
    Latencies measureWarm(FunctionPackage code, Optional<CpuQuota> cpuQuota, int warmUp, int count) {
        try (var function = LambdaFunction.of(code, createEnvironment("warm"));
                var api = HttpApi.start(function);
                var app = backends.newSlackApp(api.uri())) {
            cpuQuota.ifPresent(quota -> quota.applyTo(function.start()));
            IntStream.range(0, warmUp).forEach(i -> SlackInteraction.HELP.perform(app));
            return new Latencies(IntStream.range(0, count)
                    .mapToObj(i -> {
                        long requestedAt = System.nanoTime();
                        SlackInteraction.HELP.perform(app);
                        return (System.nanoTime() - requestedAt) / NANOS_PER_MS;
                    })
                    .toList());
        }
    }

    /** Each start has a table of its own, in which nobody asked for anything yet. */
    private Map<String, String> createEnvironment(String use) {
        String table = use + "-" + ++tables;
        backends.createRequestTable(table);
        var environment = new HashMap<>(backends.accessEnvironment(table));
        environment.put("BASELINE_SIGNING_SECRET", SimulatedBackends.SIGNING_SECRET);
        return environment;
    }
}
