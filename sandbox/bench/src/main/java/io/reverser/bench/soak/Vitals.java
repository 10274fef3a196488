package io.reverser.bench.soak;

import io.reverser.bench.account.VitalBook.Sample;
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

/** Looks again and again at what this process and those below it take (proc(5)). */
final class Vitals implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final Pattern FUNCTION = Pattern.compile("(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]+)");
    private static final double KILOBYTE = 1024;

    private final List<Sample> samples = new ArrayList<>();
    private final Map<ProcessHandle, String> roles = new HashMap<>();
    private final Map<String, Integer> processes = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("vitals").unstarted(this::lookAgainAndAgain);

    /** One process at one time. */
    private record Look(String role, double memory, double threads, double sockets) {}

    static Vitals watch() {
        var vitals = new Vitals();
        vitals.thread.start();
        return vitals;
    }

    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** How many processes of each role there were. */
    synchronized Map<String, Integer> processes() {
        return Map.copyOf(processes);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void lookAgainAndAgain() {
        try {
            while (true) {
                look(Instant.now());
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look(Instant now) {
        var byRole = new HashMap<String, List<Look>>();
        Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .flatMap(process -> look(process).stream())
                .forEach(look -> byRole.computeIfAbsent(look.role(), none -> new ArrayList<>())
                        .add(look));
        byRole.forEach((role, looks) -> samples.add(new Sample(
                now,
                role,
                average(looks, Look::memory),
                average(looks, Look::threads),
                average(looks, Look::sockets))));
    }

    /** Nothing where a process has ended meanwhile, or is none of those that count. */
    private Optional<Look> look(ProcessHandle process) {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        try {
            Optional<String> role = role(process, folder);
            if (role.isEmpty()) {
                return Optional.empty();
            }
            List<String> status = Files.readAllLines(folder.resolve("status"));
            return Optional.of(new Look(
                    role.get(), number(status, "VmRSS") / KILOBYTE, number(status, "Threads"), sockets(folder)));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private Optional<String> role(ProcessHandle process, Path folder) throws IOException {
        Optional<String> known = Optional.ofNullable(roles.get(process));
        if (known.isPresent()) {
            return known;
        }
        Optional<String> role = process.equals(ProcessHandle.current())
                ? Optional.of("sandbox")
                : role(Files.readString(folder.resolve("cmdline")), Files.readString(folder.resolve("environ")));
        role.ifPresent(name -> {
            roles.put(process, name);
            processes.merge(name, 1, Integer::sum);
        });
        return role;
    }

    /** Not known until a process has become what it is to be. */
    static Optional<String> role(String command, String environment) {
        var function = FUNCTION.matcher(environment);
        if (function.find()) {
            return Optional.of(function.group(1));
        }
        return command.contains("reverser.jar") ? Optional.of("reverser pod") : Optional.empty();
    }

    private static double number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    private static double sockets(Path folder) throws IOException {
        try (var files = Files.list(folder.resolve("fd"))) {
            return files.filter(Vitals::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }

    private static double average(List<Look> looks, ToDoubleFunction<Look> value) {
        return looks.stream().mapToDouble(value).average().orElse(0);
    }
}
