package io.reverser.bench.soak;

import io.reverser.bench.host.ChildProcesses;
import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.reconciliation.DualTimestamp;
import io.reverser.bench.reconciliation.ResourceTrends;
import io.reverser.bench.report.GeneratedSections;
import io.reverser.bench.soak.environment.SoakEnvironment;
import io.reverser.bench.soak.observation.ProcessSampler;
import io.reverser.bench.soak.observation.ResponseLog;
import io.reverser.bench.soak.observation.ResultCollector;
import io.reverser.bench.soak.report.MemoryChart;
import io.reverser.bench.soak.report.SoakReport;
import io.reverser.bench.soak.report.SoakResult;
import io.reverser.bench.soak.report.SoakResult.Reconciliations;
import io.reverser.bench.soak.report.SoakResult.RunSummary;
import io.reverser.bench.soak.report.TimelineChart;
import io.reverser.bench.soak.run.FaultController;
import io.reverser.bench.soak.run.ScenarioRunner;
import io.reverser.bench.soak.run.SimulatedUsers;
import io.reverser.bench.soak.run.SweepSchedule;
import io.reverser.bench.soak.scenario.SoakScenario;
import io.reverser.bench.soak.scenario.SoakScenario.Day;
import io.reverser.runner.process.SandboxException;
import io.reverser.runner.process.SandboxJvm;
import io.reverser.simulators.database.DatabaseDidNotStart;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * {@code ./platform soak}: runs a workload with injected faults for the given number of minutes, and then compares the
 * outcome with what was requested.
 */
public final class SoakCommand {

    /**
     * The minimum duration of a soak that writes its report into {@code docs/reliability.md}; a shorter soak only
     * prints the report.
     */
    private static final int MIN_MINUTES_TO_PUBLISH = 10;

    private static final int SEED_BOUND = 100_000;
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);

    private final Path repository;
    private final int minutes;
    private final SoakScenario scenario;

    private SoakCommand(Path repository, int minutes, long seed) {
        this.repository = repository;
        this.minutes = minutes;
        // A day of the scenario takes more than half a minute, so a soak cannot use up two days per minute.
        this.scenario = SoakScenario.generate(seed, 2 * minutes);
    }

    /** Arguments: the repository's folder, the number of minutes, and optionally a seed. */
    public static void main(String[] arguments) throws InterruptedException {
        SandboxJvm.prepare();
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::terminateAll));
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : new Random().nextInt(SEED_BOUND);
        try {
            SoakResult result = new SoakCommand(repository, Integer.parseInt(arguments[1]), seed).run();
            result.discrepancies().forEach(discrepancy -> System.err.println("platform: " + discrepancy));
            // A non-daemon thread of DynamoDB Local would keep this JVM running.
            System.exit(result.discrepancies().isEmpty() ? 0 : 1);
        } catch (SandboxException | DatabaseDidNotStart | IOException failure) {
            System.err.println("platform: " + failure.getMessage());
            System.exit(1);
        }
    }

    private SoakResult run() throws IOException, InterruptedException {
        print("the soak runs for %d min with seed %d; to repeat it: ./platform soak --minutes %d --seed %d"
                .formatted(minutes, scenario.seed(), minutes, scenario.seed()));
        var machine = MachineInfo.measure();
        Path folder = Files.createDirectories(repository.resolve("sandbox/bench/target/soak"));
        deleteLogs(folder);
        SoakResult result = execute(folder);
        Files.write(folder.resolve("faults.log"), faultLog(result));
        String report = new SoakReport(result, machine).markdown();
        System.out.println("\n" + report);
        if (minutes >= MIN_MINUTES_TO_PUBLISH) {
            publish(result, report);
        }
        return result;
    }

    private SoakResult execute(Path folder) throws IOException, InterruptedException {
        var responses = new ResponseLog();
        try (var sampler = ProcessSampler.start();
                var environment = SoakEnvironment.start(repository, folder, responses::record, SoakCommand::print)) {
            DualTimestamp begun = environment.now();
            var faultController = new FaultController(environment);
            var users = new SimulatedUsers(environment);
            var sweepSchedule = new SweepSchedule(environment, faultController);
            var runner = new ScenarioRunner(environment, faultController, users, sweepSchedule);
            runDays(runner, environment);
            environment.stopLoad();
            var collector = new ResultCollector(environment);
            awaitStoredVisits(responses, collector);
            DualTimestamp ended = environment.now();
            collector.writeLogs(folder);
            var reconciliations = new Reconciliations(
                    collector.collectGrants(users.submittedRequests(), sweepSchedule.sweeps()),
                    collector.collectAlarms(),
                    collector.collectVisits(responses, faultController.podKills()),
                    collector.collectFailures(responses, faultController.podKills()),
                    collector.collectRotations(runner.requestedRotations()),
                    new ResourceTrends(sampler.samples().stream()
                            .filter(sample -> sample.at().isAfter(begun.wall()))
                            .toList()),
                    environment.clockOffsets());
            var run = new RunSummary(
                    scenario.seed(),
                    begun,
                    ended,
                    runner.actionCounts(),
                    faultController.periods(),
                    Stream.of(Fault.values())
                            .mapToLong(environment.aws().faults()::injectedCount)
                            .sum(),
                    responses.since(begun.wall()),
                    sampler.processCounts());
            return new SoakResult(run, reconciliations, runner.timeouts());
        }
    }

    /** Deletes the logs of the previous soak, because functions append to their log files. */
    private static void deleteLogs(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.delete(log);
            }
        }
    }

    private void runDays(ScenarioRunner runner, SoakEnvironment environment) throws InterruptedException {
        long begun = System.nanoTime();
        for (Day today : scenario.days()) {
            Duration left = Duration.ofMinutes(minutes).minusNanos(System.nanoTime() - begun);
            if (!left.isPositive()) {
                return;
            }
            print("next day: %s; %d:%02d left".formatted(environment.now(), left.toMinutes(), left.toSecondsPart()));
            if (!runner.run(today)) {
                print("the work of that day did not finish, so the soak stops");
                return;
            }
            environment.aws().faults().clearCalls();
        }
    }

    /** Waits until the last visits are in the database; pods store visits once a second. */
    private static void awaitStoredVisits(ResponseLog responses, ResultCollector collector)
            throws InterruptedException {
        long answered = total(responses.answered().values().stream());
        long deadline = System.nanoTime() + STORE_TIMEOUT.toNanos();
        long before = -1;
        for (long stored = 0; stored < answered && System.nanoTime() < deadline && stored != before; ) {
            before = stored;
            Thread.sleep(Duration.ofSeconds(4));
            stored = total(collector.readStoredVisits().values().stream());
        }
    }

    private static long total(Stream<Long> counts) {
        return counts.mapToLong(Long::longValue).sum();
    }

    /** Returns one line per fault, so that a discrepancy can be matched with the faults at that time. */
    private static List<String> faultLog(SoakResult result) {
        return result.run().faults().stream()
                .sorted(Comparator.comparing(period -> period.from().wall()))
                .map(period -> "%s until %s: %s".formatted(period.from(), period.to(), period.fault()))
                .toList();
    }

    private void publish(SoakResult result, String report) throws IOException {
        Path page = repository.resolve("docs/reliability.md");
        Files.writeString(
                page,
                new GeneratedSections(Files.readString(page))
                        .withSection("figures", "soak", report)
                        .text());
        Files.writeString(repository.resolve("docs/images/soak-requests.svg"), new TimelineChart(result).toSvg());
        Files.writeString(
                repository.resolve("docs/images/soak-memory.svg"),
                new MemoryChart(result.reconciliations().resourceTrends()).toSvg());
        print("written to " + page);
    }

    private static void print(String text) {
        System.out.println("platform: " + text);
    }
}
