package io.reverser.bench.functions;

import io.reverser.bench.host.CpuQuota;
import io.reverser.runner.process.ProcessMemory;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Starts a function again and again for one event each, as Lambda does: a whole processor until it asks for work. */
final class ColdStarts {

    private static final double NANOS_PER_MS = 1e6;

    private ColdStarts() {}

    /**
     * How long starts took.
     *
     * @param init from the start of the process, or its restore, until it asks for work
     * @param response from the event to its answer
     * @param total both
     */
    record ColdStartLatencies(Latencies init, Latencies response, Latencies total) {}

    /**
     * A process that had many events.
     *
     * @param memoryMb the most that it ever had, in megabytes
     */
    record WarmLatencies(Latencies response, double memoryMb) {}

    /** Starts it so often. */
    static ColdStartLatencies measure(Workload workload, Optional<CpuQuota> cpuQuota, int starts) {
        return measure(workload, cpuQuota, starts, function -> {}, LambdaFunction::start);
    }

    /** The same from a snapshot, without the time that Lambda needs to load one. */
    static ColdStartLatencies measureRestores(Workload workload, Optional<CpuQuota> cpuQuota, int starts) {
        return measure(workload, cpuQuota, starts, LambdaFunction::startUntilSnapshot, LambdaFunction::restore);
    }

    private static ColdStartLatencies measure(
            Workload workload,
            Optional<CpuQuota> cpuQuota,
            int starts,
            Consumer<LambdaFunction> before,
            Consumer<LambdaFunction> start) {
        var init = new ArrayList<Double>();
        var response = new ArrayList<Double>();
        for (int i = 0; i < starts; i++) {
            try (var function = workload.newFunction();
                    var caller = workload.newCaller(function)) {
                before.accept(function);
                init.add(milliseconds(() -> start.accept(function)));
                cpuQuota.ifPresent(quota -> quota.applyTo(function.start()));
                response.add(milliseconds(caller::call));
            }
        }
        List<Double> total = IntStream.range(0, starts)
                .mapToObj(i -> init.get(i) + response.get(i))
                .toList();
        return new ColdStartLatencies(new Latencies(init), new Latencies(response), new Latencies(total));
    }

    /** How long events take once the function is warm. */
    static WarmLatencies measureWarm(Workload workload, Optional<CpuQuota> cpuQuota, int warmUp, int count) {
        try (var function = workload.newFunction();
                var caller = workload.newCaller(function)) {
            ProcessHandle process = function.start();
            cpuQuota.ifPresent(quota -> quota.applyTo(process));
            IntStream.range(0, warmUp).forEach(i -> caller.call());
            var response = new Latencies(IntStream.range(0, count)
                    .mapToObj(i -> milliseconds(caller::call))
                    .toList());
            return new WarmLatencies(response, ProcessMemory.peakMegabytes(process));
        }
    }

    private static double milliseconds(Runnable action) {
        long begin = System.nanoTime();
        action.run();
        return (System.nanoTime() - begin) / NANOS_PER_MS;
    }
}
