package io.reverser.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The summary at the end of a test run: times, failures with the commands that repeat them, and the number of tests.
 */
final class TestReport {

    private static final int SLOWEST = 20;
    private static final int LINES_OF_OUTPUT = 40;
    private static final int MAX_MESSAGE = 300;

    private final Path repository;
    private final List<TestClass> classes;
    private final List<ClassResult> results;
    private final Duration wallTime;

    TestReport(Path repository, List<TestClass> classes, List<ClassResult> results, Duration wallTime) {
        this.repository = repository;
        this.classes = classes;
        this.results = results;
        this.wallTime = wallTime;
    }

    String text() {
        return results.isEmpty() ? "\n" + totals() : modules() + slowest() + failures() + "\n" + totals();
    }

    private String modules() {
        Map<String, List<ClassResult>> byModule = results.stream()
                .collect(Collectors.groupingBy(ClassResult::module, LinkedHashMap::new, Collectors.toList()));
        var text = new StringBuilder("\n  In tests  Passed  Failed  Skipped  Module\n");
        byModule.forEach((module, some) -> text.append(String.format(
                Locale.ROOT,
                "%8.1f s %7d %7d %8d  %s%n",
                seconds(some),
                passed(some),
                failed(some),
                skipped(some),
                module)));
        return text.toString();
    }

    private String slowest() {
        var text = new StringBuilder("\n  The slowest classes\n");
        results.stream()
                .sorted(Comparator.comparingDouble(ClassResult::seconds).reversed())
                .limit(SLOWEST)
                .forEach(result -> text.append(String.format(
                        Locale.ROOT, "%8.1f s  %s in %s%n", result.seconds(), result.simpleName(), result.module())));
        return text.toString();
    }

    private String failures() {
        return results.stream()
                .filter(result -> !result.failures().isEmpty())
                .map(this::failure)
                .collect(Collectors.joining());
    }

    private String failure(ClassResult result) {
        var text = new StringBuilder("\nFAILED: %s in %s\n".formatted(result.name(), result.module()));
        for (var failure : result.failures()) {
            String message = failure.message();
            text.append("  %s: %s\n"
                    .formatted(
                            failure.method(),
                            message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message));
        }
        result.output().ifPresent(output -> {
            text.append("  the end of %s:\n".formatted(repository.relativize(output)));
            tail(output).forEach(line -> text.append("    | ").append(line).append('\n'));
        });
        return text.append("  to repeat it: ./platform test %s\n".formatted(shortestName(result)))
                .toString();
    }

    /**
     * The shortest name of a test class that {@code ./platform test} accepts: the simple name, with the module's name
     * if several modules have a class with this name.
     */
    private String shortestName(ClassResult result) {
        String name = result.simpleName();
        long namesakes =
                classes.stream().filter(type -> type.simpleName().equals(name)).count();
        return namesakes > 1 ? result.module() + " " + name : name;
    }

    /** The last lines of a file. Replaces invalid UTF-8 instead of failing, because a test may print any bytes. */
    private static List<String> tail(Path file) {
        try {
            var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES_OF_OUTPUT), lines.size());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The line with the totals of the test run, which {@code .ci/run} repeats at the end of its output. */
    String totals() {
        return "tests: %d passed, %d failed, %d skipped, in %d min %d s\n"
                .formatted(
                        passed(results),
                        failed(results),
                        skipped(results),
                        wallTime.toMinutes(),
                        wallTime.toSecondsPart());
    }

    private static double seconds(Collection<ClassResult> some) {
        return some.stream().mapToDouble(ClassResult::seconds).sum();
    }

    private static int passed(Collection<ClassResult> some) {
        return some.stream().mapToInt(ClassResult::passed).sum();
    }

    private static int failed(Collection<ClassResult> some) {
        return some.stream().mapToInt(result -> result.failures().size()).sum();
    }

    private static int skipped(Collection<ClassResult> some) {
        return some.stream().mapToInt(ClassResult::skipped).sum();
    }
}
