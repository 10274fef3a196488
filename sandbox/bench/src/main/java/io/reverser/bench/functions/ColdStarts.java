package io.reverser.bench.functions;

import io.reverser.bench.host.CpuQuota;
import io.reverser.runner.process.ProcessMemory;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Starts a function repeatedly, and sends one event to each process. As in Lambda, the process has a full vCPU until it
 * asks for its first event, and then the CPU share that belongs to its memory size.
 */
final class ColdStarts {

    private static final double NANOS_PER_MS = 1e6;

    private ColdStarts() {}

    /**
     * The latencies of cold starts.
     *
     * @param init from the start of the process, or its restore from a snapshot, until the process asks for its first
     *     event
     * @param response from the event to the response
     * @param total the sum of both
     */
    record ColdStartLatencies(Latencies init, Latencies response, Latencies total) {}

    /**
     * The latencies of a process that handled many events.
     *
     * @param memoryMb the peak memory of the process, in megabytes
     */
    record WarmLatencies(Latencies response, double memoryMb) {}

    /** Measures the given number of cold starts. */
    static ColdStartLatencies measure(Workload workload, Optional<CpuQuota> cpuQuota, int starts) {
        return measure(workload, cpuQuota, starts, function -> {}, LambdaFunction::start);
    }

    /** Measures restores of a process from a snapshot, without the time that Lambda needs to load the snapshot. */
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

    /** Measures how long a process takes for each event after a warm-up. */
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
