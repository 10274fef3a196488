package io.reverser.bench;

import io.reverser.bench.functions.AlarmsBench;
import io.reverser.bench.functions.FunctionsBench;
import io.reverser.bench.functions.Promise;
import io.reverser.bench.functions.RotationBench;
import io.reverser.runner.SandboxFailure;
import io.reverser.simulators.DatabaseDidNotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** {@code ./platform bench}: the packages and the alternatives, measured side by side on this machine. */
public final class Bench {

    private static final List<String> PARTS = List.of("reverser", "functions", "alarms", "rotation");

    private final Path repository;
    private final Path folder;
    private final Plan plan;

    private Bench(Path repository, Plan plan) {
        this.repository = repository;
        this.folder = repository.resolve("sandbox/bench/target/bench");
        this.plan = plan;
    }

    /** Arguments: the repository's folder, perhaps {@code --quick}, perhaps the parts to measure. */
    public static void main(String[] arguments) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::end));
        var words = List.of(arguments);
        var bench = new Bench(
                Path.of(arguments[0]).toAbsolutePath().normalize(), words.contains("--quick") ? Plan.QUICK : Plan.FULL);
        try {
            Files.createDirectories(bench.folder);
            for (String part : PARTS) {
                if (words.contains(part) || PARTS.stream().noneMatch(words::contains)) {
                    bench.measure(part);
                }
            }
            // DynamoDB Local leaves a thread that would keep this process for as long as it likes.
            System.exit(0);
        } catch (BenchFailure | SandboxFailure | DatabaseDidNotStart | IOException | SQLException failure) {
            System.err.println("platform: " + failure.getMessage());
            System.exit(1);
        }
    }

    private void measure(String part) throws IOException, InterruptedException, SQLException {
        switch (part) {
            case "reverser" -> reverser();
            case "functions" -> functions();
            case "alarms" -> promises(part, AlarmsBench.run(repository, folder.resolve(part)));
            default -> promises(part, RotationBench.run(repository, folder.resolve(part), Bench::say));
        }
    }

    private void promises(String part, List<Promise> promises) throws IOException, InterruptedException {
        publish(
                "figures of the " + part,
                Promise.table(promises).markdown() + "\n" + Machine.here().sentence());
    }

    private void reverser() throws IOException, InterruptedException, SQLException {
        Report report = new ReverserBench(repository, folder, plan, Bench::say).run();
        publish("figures", report.markdown());
        if (plan.equals(Plan.FULL)) {
            Files.writeString(repository.resolve("docs/performance.svg"), new Chart(report.results()).svg());
        }
    }

    private void functions() throws IOException, InterruptedException {
        var machine = Machine.here();
        String figures = new FunctionsBench(repository, folder.resolve("functions"), Bench::say).run(plan.coldStarts());
        publish("figures of the functions", figures + "\n" + machine.sentence());
    }

    /** Prints figures and, unless they mean little, writes them into the page. */
    private void publish(String name, String figures) throws IOException {
        System.out.println("\n" + figures);
        if (plan.equals(Plan.FULL)) {
            Path page = repository.resolve("docs/performance.md");
            Files.writeString(
                    page,
                    new Document(Files.readString(page))
                            .with(name, "bench", figures)
                            .text());
            say("written to " + page);
        }
    }

    private static void say(String text) {
        System.out.println("platform: " + text);
    }
}
