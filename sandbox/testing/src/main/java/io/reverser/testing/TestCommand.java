package io.reverser.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The command {@code ./platform test}. Its arguments are the repository's folder and the arguments of the user. */
final class TestCommand {

    private final Path repository;
    private final Reactor reactor;

    private TestCommand(Path repository) {
        this.repository = repository;
        this.reactor = Reactor.read(repository);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int status;
        try {
            var words = TestArguments.parse(List.of(arguments).subList(1, arguments.length));
            status = new TestCommand(Path.of(arguments[0])).run(words);
        } catch (RefusedException refused) {
            System.err.println("platform: " + refused.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    private int run(TestArguments arguments) throws IOException, InterruptedException {
        var selection = select(arguments);
        if (selection.modules().isEmpty()) {
            return 0;
        }
        // The first option redirects the output of each test class to target/*-reports/*-output.txt. The second
        // disables Error Prone, which would double Maven's own time; only .ci/run compiles with it. The user's options
        // follow, so they override these. The third option makes the simulators record what the calls ask IAM.
        var maven = new ArrayList<>(List.of(
                "-Dmaven.test.redirectTestOutputToFile=true",
                "-Derror-prone.excluded-paths=.*",
                "-Diam-requests=" + iamRequests(selection)));
        maven.addAll(arguments.maven());
        // Maven builds three modules at a time on two cores, because tests often wait for processes and databases.
        maven.addAll(List.of("-T", "1.5C"));
        maven.addAll(selection.toMaven(reactor, repository));
        Path log = repository.resolve("target/test.log");
        var start = Instant.now();
        int status = new Maven(repository, System.out).run(maven, log);
        var results = new SurefireReports(repository, start).read(reactor.modules());
        var report = new TestReport(
                repository, reactor.testClasses(repository), results, Duration.between(start, Instant.now()));
        Files.writeString(repository.resolve("target/test-report.txt"), report.text());
        System.out.print(report.text());
        if (status != 0) {
            System.out.println("platform: the run failed, see [ERROR] above; Maven's full output is in "
                    + repository.relativize(log));
        }
        return status == 0 ? requireTests(selection, results) : status;
    }

    /** The folder of the recorded IAM requests, without those of an earlier run if this run tests everything. */
    private Path iamRequests(TestSelection selection) throws IOException {
        Path folder = repository.resolve("target/iam-requests");
        if (selection.modules().equals(reactor.modules()) && Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        return folder;
    }

    private TestSelection select(TestArguments arguments) {
        var selection = arguments.changed() ? changed() : named(arguments.words());
        return arguments
                .resumeFrom()
                .map(module -> selection.from(module, reactor))
                .orElse(selection);
    }

    private TestSelection named(List<String> words) {
        return words.isEmpty() ? TestSelection.of(reactor.modules()) : TestSelection.named(words, reactor, repository);
    }

    private TestSelection changed() {
        Set<String> files = new GitCheckout(repository).changedFiles();
        List<ReactorModule> touched = ChangedFiles.touched(files, reactor);
        List<ReactorModule> modules = reactor.withDownstream(touched);
        if (files.isEmpty()) {
            System.out.println("platform: nothing differs from main, so there is nothing to test");
        } else if (modules.isEmpty()) {
            System.out.println("platform: no test reads the files that differ from main: " + String.join(", ", files));
        } else {
            System.out.printf(
                    "platform: changes in %s; testing %d of %d modules, with everything that depends on them%n",
                    touched.equals(reactor.modules()) ? "all modules" : TestSelection.folders(touched),
                    modules.size(),
                    reactor.modules().size());
        }
        return TestSelection.of(modules);
    }

    /** Fails when a selected class or method did not run, because Maven succeeds even if no test matches a name. */
    private static int requireTests(TestSelection selection, List<ClassResult> results) {
        for (var test : selection.tests()) {
            if (results.stream()
                    .noneMatch(result -> result.name().equals(test.type().name()) && result.tests() > 0)) {
                System.err.println("platform: no test of " + test.pattern() + " ran: check its name");
                return 1;
            }
        }
        return 0;
    }
}
