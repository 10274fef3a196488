package io.reverser.bench;

import io.reverser.runner.AotTraining;
import io.reverser.runner.PackagedReverser;
import io.reverser.runner.SandboxFailure;
import io.reverser.simulators.DatabaseDidNotStart;
import io.reverser.simulators.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code ./platform bench}: the packaged reverser and the alternatives, measured side by side on this machine. */
public final class Bench {

    private static final Addresses CALLERS = new Addresses(30_000);
    private static final Duration TO_END = Duration.ofSeconds(3);

    private final Path repository;
    private final Path folder;
    private final Plan plan;

    private Bench(Path repository, Plan plan) {
        this.repository = repository;
        this.folder = repository.resolve("sandbox/bench/target/bench");
        this.plan = plan;
    }

    /** Arguments: the repository's folder, and perhaps {@code --quick}. */
    public static void main(String[] arguments) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(Bench::endChildren));
        boolean quick = List.of(arguments).contains("--quick");
        var bench = new Bench(Path.of(arguments[0]).toAbsolutePath().normalize(), quick ? Plan.QUICK : Plan.FULL);
        try {
            bench.publish(bench.run());
        } catch (BenchFailure | SandboxFailure | DatabaseDidNotStart | IOException | SQLException failure) {
            System.err.println("platform: " + failure.getMessage());
            System.exit(1);
        }
    }

    private Report run() throws IOException, InterruptedException, SQLException {
        Files.createDirectories(folder);
        var tools = Tools.ready(Bench::say);
        var reverser = PackagedReverser.in(repository);
        if (!reverser.isTrained()) {
            say("training the reverser's AOT cache, once for each build (about 20 s)");
            AotTraining.main(new String[] {reverser.folder().toString()});
        }
        say("building the fast-jar to compare with, once for each build");
        Path fastJar = FastJar.build(repository, folder.resolve("fast-jar.log"));
        var wrk = Wrk.in(repository.resolve("sandbox/bench"), folder, CALLERS);
        var machine = Machine.here();
        if (machine.isBusy()) {
            say("this machine has other work to do; the figures will say less than they could");
        }
        try (var database = EmbeddedDatabase.start(folder.resolve("mariadb"))) {
            var flask = repository.resolve("sandbox/bench/src/main/python");
            var candidates = new Candidates(reverser, fastJar, flask, tools, database, folder);
            var figures = figures(new Contest(candidates.all(CALLERS), plan, Bench::say), database, wrk);
            var results = new Results(figures, plan.counted());
            say("counting %,d visits in the database".formatted(plan.counted()));
            new Accounting(reverser, database, folder.resolve("accounting.log"))
                    .verify(plan.counted(), CALLERS, wrk, generously(plan.counted(), results));
            return new Report(results, machine, tools);
        }
    }

    private static Map<Contestant, Figures> figures(Contest contest, EmbeddedDatabase database, Wrk wrk)
            throws IOException, InterruptedException {
        var starts = contest.starts();
        database.clear();
        var figures = new EnumMap<Contestant, Figures>(Contestant.class);
        contest.loads(wrk)
                .forEach((who, rounds) -> figures.put(who, Figures.of(starts.getOrDefault(who, List.of()), rounds)));
        return figures;
    }

    /** Twice the seconds that so many requests should take, and some for a cold start. */
    private static int generously(long requests, Results results) {
        return (int) (2 * requests / results.of(Contestant.REVERSER).load().perSecond()) + 10;
    }

    private void publish(Report report) throws IOException {
        System.out.println("\n" + report.markdown());
        if (plan.equals(Plan.FULL)) {
            Path docs = Files.createDirectories(repository.resolve("docs"));
            Path page = docs.resolve("performance.md");
            Files.writeString(page, Document.at(page).with(report.markdown()).text());
            Files.writeString(docs.resolve("performance.svg"), new Chart(report.results()).svg());
            say("written to " + page + ", with a chart beside it");
        }
    }

    /** However the bench ends, nothing that it started outlives it. */
    private static void endChildren() {
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroy);
        var ended = CompletableFuture.allOf(
                children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        ended.completeOnTimeout(null, TO_END.toSeconds(), TimeUnit.SECONDS).join();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private static void say(String text) {
        System.out.println("platform: " + text);
    }
}
