package io.reverser.bench.server;

import io.reverser.bench.host.BenchException;
import io.reverser.runner.process.ProcessMemory;
import io.reverser.simulators.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running server: its process, and the children of that process.
 *
 * @param startupTime from the start of the process to the first response with status 200
 */
public record Server(ServerCommand serverCommand, Process process, Duration startupTime) implements AutoCloseable {

    /** The caller address of the readiness probe, from a range reserved for documentation (TEST-NET-1). */
    private static final String PROBE_CALLER = "192.0.2.1";

    private static final Duration PROBE_INTERVAL = Duration.ofMillis(2);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    public static Server start(ServerCommand serverCommand) throws IOException, InterruptedException {
        var builder = ChildProcess.onLoopback(serverCommand.commandLine())
                .directory(serverCommand.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(serverCommand.log().toFile());
        builder.environment().putAll(serverCommand.environment());
        long started = System.nanoTime();
        Process process = ChildProcess.start(builder);
        while (!isReady(serverCommand.port())) {
            if (!process.isAlive() || System.nanoTime() - started > START_TIMEOUT.toNanos()) {
                process.destroyForcibly();
                throw new BenchException(serverCommand.variant().title + " did not start; see " + serverCommand.log());
            }
            Thread.sleep(PROBE_INTERVAL);
        }
        return new Server(serverCommand, process, Duration.ofNanos(System.nanoTime() - started));
    }

    /** CPU time of all the server's processes since their start, in user and kernel mode; the resolution is 10 ms. */
    public Duration readCpuTime() {
        return processes()
                .map(process -> process.info().totalCpuDuration().orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * The server's current memory usage in bytes: the resident set size of a single process; for several processes,
     * which share pages, the sum of their proportional set sizes.
     */
    public long readMemory() {
        List<ProcessHandle> all = processes().toList();
        return all.size() == 1
                ? ProcessMemory.residentBytes(all.getFirst())
                : all.stream().mapToLong(ProcessMemory::proportionalBytes).sum();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes().toList();
        process.destroy();
        try {
            process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private static boolean isReady(int port) {
        try {
            return Response.get(port, PROBE_CALLER).isOk();
        } catch (IOException notYet) {
            return false;
        }
    }
}
