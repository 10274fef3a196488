package io.reverser.bench;

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
 * @param startUp from the start of the process to the first answer with status 200
 */
record Server(Candidate candidate, Process process, Duration startUp) implements AutoCloseable {

    /** The bench itself (TEST-NET-1), when it looks whether a server answers. */
    private static final String CALLER = "192.0.2.1";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_STOP = Duration.ofSeconds(20);

    static Server start(Candidate candidate) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(candidate.command())
                .directory(candidate.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(candidate.log().toFile());
        builder.environment().putAll(candidate.environment());
        long started = System.nanoTime();
        Process process = builder.start();
        while (!answers(candidate.port())) {
            if (!process.isAlive() || System.nanoTime() - started > TO_START.toNanos()) {
                process.destroyForcibly();
                throw new BenchFailure(candidate.who().title + " does not start; see " + candidate.log());
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return new Server(candidate, process, Duration.ofNanos(System.nanoTime() - started));
    }

    /** Processor time used since the start, in user and kernel mode; the clock ticks every 10 ms. */
    Duration cpuTime() {
        return processes()
                .map(process -> process.info().totalCpuDuration().orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Memory in use now, in bytes: the resident set of a single process; of several, which share pages, the sum of their
     * proportional shares.
     */
    long memory() {
        List<Long> pids = processes().map(ProcessHandle::pid).toList();
        return pids.size() == 1
                ? bytes(pids.getFirst(), "status", "VmRSS:")
                : pids.stream()
                        .mapToLong(pid -> bytes(pid, "smaps_rollup", "Pss:"))
                        .sum();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes().toList();
        process.destroy();
        try {
            process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private static boolean answers(int port) {
        try {
            return Response.get(port, CALLER).isOk();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static long bytes(long pid, String file, String field) {
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
