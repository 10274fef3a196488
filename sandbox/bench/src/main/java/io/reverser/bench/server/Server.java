package io.reverser.bench.server;

import io.reverser.bench.host.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A candidate that runs: its process, with the children it has.
 *
 * @param startupTime from the start of the process to the first answer with status 200
 */
public record Server(ServerCommand serverCommand, Process process, Duration startupTime) implements AutoCloseable {

    /** The bench itself (TEST-NET-1), when it looks whether a server answers. */
    private static final String PROBE_CALLER = "192.0.2.1";

    private static final Duration PROBE_INTERVAL = Duration.ofMillis(2);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    public static Server start(ServerCommand serverCommand) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(serverCommand.commandLine())
                .directory(serverCommand.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(serverCommand.log().toFile());
        builder.environment().putAll(serverCommand.environment());
        long started = System.nanoTime();
        Process process = builder.start();
        while (!isReady(serverCommand.port())) {
            if (!process.isAlive() || System.nanoTime() - started > START_TIMEOUT.toNanos()) {
                process.destroyForcibly();
                throw new BenchException(serverCommand.variant().title + " does not start; see " + serverCommand.log());
            }
            Thread.sleep(PROBE_INTERVAL);
        }
        return new Server(serverCommand, process, Duration.ofNanos(System.nanoTime() - started));
    }

    /** Processor time used since the start, in user and kernel mode; the clock ticks every 10 ms. */
    public Duration readCpuTime() {
        return processes()
                .map(process -> process.info().totalCpuDuration().orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Memory in use now, in bytes: the resident set of a single process; of several, which share pages, the sum of their
     * proportional shares.
     */
    public long readMemory() {
        List<Long> pids = processes().map(ProcessHandle::pid).toList();
        return pids.size() == 1
                ? readProcBytes(pids.getFirst(), "status", "VmRSS:")
                : pids.stream()
                        .mapToLong(pid -> readProcBytes(pid, "smaps_rollup", "Pss:"))
                        .sum();
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

    private static long readProcBytes(long pid, String file, String field) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), file))) {
            return lines.filter(line -> line.startsWith(field))
                    .map(line ->
                            line.substring(field.length()).replace("kB", "").strip())
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
