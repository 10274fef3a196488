package io.reverser.bench;

import io.reverser.bench.comparison.BenchReport;
import io.reverser.bench.comparison.BenchmarkPlan;
import io.reverser.bench.comparison.ComparisonChart;
import io.reverser.bench.comparison.ProcessorRatios;
import io.reverser.bench.comparison.RegressionCheck;
import io.reverser.bench.comparison.ReverserBench;
import io.reverser.bench.functions.AlarmsBench;
import io.reverser.bench.functions.FunctionsBench;
import io.reverser.bench.functions.RotationBench;
import io.reverser.bench.growth.GrowthBench;
import io.reverser.bench.growth.GrowthReport;
import io.reverser.bench.host.BenchException;
import io.reverser.bench.host.ChildProcesses;
import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.report.GeneratedSections;
import io.reverser.bench.report.Objective;
import io.reverser.runner.process.SandboxException;
import io.reverser.runner.process.SandboxJvm;
import io.reverser.simulators.database.DatabaseDidNotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code ./platform bench}: measures the packaged reverser and functions on this machine, and compares the reverser
 * with alternative servers.
 */
public final class BenchCommand {

    private static final List<String> BENCHMARKS = List.of("reverser", "growth", "functions", "alarms", "rotation");

    /** Compares with the figures in the document instead of writing new ones, so it only runs when it is named. */
    private static final String REGRESSION = "regression";

    private final Path repository;
    private final Path folder;
    private final BenchmarkPlan plan;

    private BenchCommand(Path repository, BenchmarkPlan plan) {
        this.repository = repository;
        this.folder = repository.resolve("sandbox/bench/target/bench");
        this.plan = plan;
    }

    /** Arguments: the repository's folder, optionally {@code --quick}, optionally the benchmarks to run. */
    public static void main(String[] arguments) throws InterruptedException {
        SandboxJvm.prepare();
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::terminateAll));
        var options = List.of(arguments);
        var bench = new BenchCommand(
                Path.of(arguments[0]).toAbsolutePath().normalize(),
                options.contains("--quick") ? BenchmarkPlan.QUICK : BenchmarkPlan.FULL);
        try {
            Files.createDirectories(bench.folder);
            if (options.contains(REGRESSION)) {
                new RegressionCheck(bench.repository, bench.folder, BenchCommand::print).run();
                System.exit(0);
            }
            for (String benchmark : BENCHMARKS) {
                if (options.contains(benchmark) || BENCHMARKS.stream().noneMatch(options::contains)) {
                    bench.measure(benchmark);
                }
            }
            // A non-daemon thread of DynamoDB Local would keep this JVM running.
            System.exit(0);
        } catch (BenchException | SandboxException | DatabaseDidNotStart | IOException | SQLException failure) {
            System.err.println("platform: " + failure.getMessage());
            System.exit(1);
        }
    }

    private void measure(String benchmark) throws IOException, InterruptedException, SQLException {
        switch (benchmark) {
            case "reverser" -> measureReverser();
            case "growth" -> measureGrowth();
            case "functions" -> measureFunctions();
            case "alarms" -> publishObjectives(benchmark, AlarmsBench.run(repository, folder.resolve(benchmark)));
            default ->
                publishObjectives(
                        benchmark, RotationBench.run(repository, folder.resolve(benchmark), BenchCommand::print));
        }
    }

    private void publishObjectives(String benchmark, List<Objective> objectives)
            throws IOException, InterruptedException {
        publish(
                "figures of the " + benchmark,
                Objective.table(objectives).markdown() + "\n"
                        + MachineInfo.measure().describe());
    }

    private void measureReverser() throws IOException, InterruptedException, SQLException {
        BenchReport report = new ReverserBench(repository, folder, plan, BenchCommand::print).run();
        publish("figures", report.markdown());
        publish(
                ProcessorRatios.SECTION,
                report.addTo(ProcessorRatios.parse(readPage().section(ProcessorRatios.SECTION, "bench")))
                        .markdown());
        if (plan.equals(BenchmarkPlan.FULL)) {
            Files.writeString(
                    repository.resolve("docs/performance.svg"), new ComparisonChart(report.results()).toSvg());
        }
    }

    private void measureGrowth() throws IOException, InterruptedException, SQLException {
        GrowthReport report = new GrowthBench(repository, folder.resolve("growth"), plan, BenchCommand::print).run();
        publish("figures of the growth", report.markdown());
        if (plan.equals(BenchmarkPlan.FULL)) {
            Files.writeString(repository.resolve("docs/performance-growth.svg"), report.toSvg());
        }
    }

    private void measureFunctions() throws IOException, InterruptedException {
        var machine = MachineInfo.measure();
        String content = new FunctionsBench(
                        repository, folder.resolve("functions"), plan.coldStarts(), BenchCommand::print)
                .run();
        publish("figures of the functions", content + "\n" + machine.describe());
    }

    /** Prints the figures of a benchmark and, after a full run, writes them into {@code docs/performance.md}. */
    private void publish(String name, String content) throws IOException {
        System.out.println("\n" + content);
        if (plan.equals(BenchmarkPlan.FULL)) {
            Files.writeString(
                    page(), readPage().withSection(name, "bench", content).text());
            print("written to " + page());
        }
    }

    private GeneratedSections readPage() throws IOException {
        return new GeneratedSections(Files.readString(page()));
    }

    private Path page() {
        return repository.resolve("docs/performance.md");
    }

    private static void print(String text) {
        System.out.println("platform: " + text);
    }
}
