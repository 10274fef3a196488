package io.reverser.testing;

import io.reverser.testing.ClassResult.FailedTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** The test reports that Surefire and Failsafe wrote during one run of Maven. */
final class SurefireReports {

    private static final List<String> FOLDERS = List.of("target/surefire-reports", "target/failsafe-reports");

    private static final String OUTPUT = "-output.txt";

    private final Path repository;
    private final FileTime start;

    /**
     * Reads only the files that were written after the start of the run, because the others are left from earlier runs.
     */
    SurefireReports(Path repository, Instant start) {
        this.repository = repository;
        this.start = FileTime.from(start);
    }

    List<ClassResult> read(List<ReactorModule> modules) {
        return modules.stream()
                .flatMap(module -> FOLDERS.stream().flatMap(folder -> read(module, folder)))
                .toList();
    }

    private Stream<ClassResult> read(ReactorModule module, String folder) {
        List<Path> files = filesOfThisRun(repository.resolve(module.folder()).resolve(folder));
        List<ClassResult> ended = files.stream()
                .filter(file -> nameOf(file).matches("TEST-.*\\.xml"))
                .map(report -> read(module, report, files))
                .toList();
        Stream<ClassResult> crashed = files.stream()
                .filter(SurefireReports::isOutput)
                .filter(output -> ended.stream().noneMatch(result -> isOutputOf(output, result.name())))
                .map(output -> crashed(module, output));
        return Stream.concat(ended.stream(), crashed);
    }

    /**
     * The result of a test class whose process died. There is output of such a class, but no report: Surefire writes
     * the output continuously, and the report when the class ends.
     */
    private static ClassResult crashed(ReactorModule module, Path output) {
        var failure =
                new FailedTest("(class)", "the class did not finish: its process crashed or was killed, see above");
        String name = nameOf(output).replace(OUTPUT, "");
        return new ClassResult(module.folder(), name, 0, 1, 0, List.of(failure), Optional.of(output));
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static boolean isOutput(Path file) {
        return nameOf(file).endsWith(OUTPUT);
    }

    private static boolean isOutputOf(Path file, String name) {
        return nameOf(file).equals(name + OUTPUT);
    }

    private List<Path> filesOfThisRun(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> writtenAt(file).compareTo(start) >= 0)
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FileTime writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ClassResult read(ReactorModule module, Path report, List<Path> files) {
        Element suite = Xml.parse(report);
        var failures = Xml.children(suite, "testcase")
                .flatMap(test -> failure(test).stream())
                .toList();
        return new ClassResult(
                module.folder(),
                suite.getAttribute("name"),
                Double.parseDouble(suite.getAttribute("time").replace(",", "")),
                Integer.parseInt(suite.getAttribute("tests")),
                Integer.parseInt(suite.getAttribute("skipped")),
                failures,
                output(module, report, suite.getAttribute("name"), files));
    }

    private static Optional<FailedTest> failure(Element test) {
        return Stream.of("failure", "error")
                .flatMap(kind -> Xml.children(test, kind))
                .findFirst()
                .map(failure -> new FailedTest(test.getAttribute("name"), messageOf(failure)));
    }

    /**
     * The text to show for a failed test: the message of a failed assertion or, for any other exception, its type and
     * message.
     */
    private static String messageOf(Element failure) {
        String message = failure.getAttribute("message").strip().replaceAll("\\s+", " ");
        boolean isAssertion = failure.getTagName().equals("failure") && !message.isEmpty();
        return isAssertion ? message : failure.getAttribute("type") + (message.isEmpty() ? "" : ": " + message);
    }

    /**
     * Finds the file with the output of a test class. Surefire creates a file for each class, but classes that run in
     * parallel all print to the file of the class that started last. The modification time of that file is the closest
     * to that of the class's report.
     */
    private Optional<Path> output(ReactorModule module, Path report, String name, List<Path> files) {
        var outputs = files.stream().filter(SurefireReports::isOutput).toList();
        Optional<Path> own =
                outputs.stream().filter(file -> isOutputOf(file, name)).findFirst();
        return own.or(() -> runsSideBySide(module)
                ? outputs.stream().min(Comparator.comparingLong(file -> millisBetween(file, report)))
                : Optional.empty());
    }

    private boolean runsSideBySide(ReactorModule module) {
        return Files.exists(
                repository.resolve(module.folder()).resolve("src/test/resources/junit-platform.properties"));
    }

    private static long millisBetween(Path one, Path other) {
        return Math.abs(writtenAt(one).toMillis() - writtenAt(other).toMillis());
    }
}
