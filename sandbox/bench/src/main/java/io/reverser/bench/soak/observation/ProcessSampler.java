package io.reverser.bench.soak.observation;

import io.reverser.bench.reconciliation.ResourceTrends.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Samples the memory, threads and sockets of the soak's own process and its descendants (proc(5)). */
public final class ProcessSampler implements AutoCloseable {

    private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(2);
    private static final Pattern FUNCTION_NAME = Pattern.compile("(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]+)");
    private static final double KIB_PER_MIB = 1024;

    private final List<Sample> samples = new ArrayList<>();
    private final Map<ProcessHandle, String> roles = new HashMap<>();
    private final Map<String, Integer> processCounts = new HashMap<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("process-sampler").unstarted(this::sampleContinuously);

    /** The resource usage of one process at one time. */
    private record Reading(String role, double memory, double threads, double sockets) {}

    public static ProcessSampler start() {
        var sampler = new ProcessSampler();
        sampler.thread.start();
        return sampler;
    }

    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** How many processes have run so far, by role. */
    public synchronized Map<String, Integer> processCounts() {
        return Map.copyOf(processCounts);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void sampleContinuously() {
        try {
            while (true) {
                sample(Instant.now());
                Thread.sleep(SAMPLE_INTERVAL);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void sample(Instant now) {
        var byRole = new HashMap<String, List<Reading>>();
        Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .flatMap(process -> readProcess(process).stream())
                .forEach(reading -> byRole.computeIfAbsent(reading.role(), none -> new ArrayList<>())
                        .add(reading));
        byRole.forEach((role, readings) -> samples.add(new Sample(
                now,
                role,
                average(readings, Reading::memory),
                average(readings, Reading::threads),
                average(readings, Reading::sockets))));
    }

    /** Reads the resource usage of a process; empty when the process has ended or has no known role. */
    private Optional<Reading> readProcess(ProcessHandle process) {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        try {
            Optional<String> role = roleOf(process, folder);
            if (role.isEmpty()) {
                return Optional.empty();
            }
            List<String> status = Files.readAllLines(folder.resolve("status"));
            return Optional.of(new Reading(
                    role.get(),
                    readNumber(status, "VmRSS") / KIB_PER_MIB,
                    readNumber(status, "Threads"),
                    countSockets(folder)));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private Optional<String> roleOf(ProcessHandle process, Path folder) throws IOException {
        Optional<String> known = Optional.ofNullable(roles.get(process));
        if (known.isPresent()) {
            return known;
        }
        Optional<String> role = process.equals(ProcessHandle.current())
                ? Optional.of("sandbox")
                : roleOf(Files.readString(folder.resolve("cmdline")), Files.readString(folder.resolve("environ")));
        role.ifPresent(name -> {
            roles.put(process, name);
            processCounts.merge(name, 1, Integer::sum);
        });
        return role;
    }

    /**
     * The role of a process, by its environment and command line; empty until a forked process has executed its
     * program.
     */
    static Optional<String> roleOf(String command, String environment) {
        var function = FUNCTION_NAME.matcher(environment);
        if (function.find()) {
            return Optional.of(function.group(1));
        }
        return command.contains("reverser.jar") ? Optional.of("reverser pod") : Optional.empty();
    }

    private static double readNumber(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    private static double countSockets(Path folder) throws IOException {
        try (var files = Files.list(folder.resolve("fd"))) {
            return files.filter(ProcessSampler::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }

    private static double average(List<Reading> readings, ToDoubleFunction<Reading> value) {
        return readings.stream().mapToDouble(value).average().orElse(0);
    }
}
