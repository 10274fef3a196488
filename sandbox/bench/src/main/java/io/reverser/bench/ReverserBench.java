package io.reverser.bench;

import io.reverser.runner.AotTraining;
import io.reverser.runner.PackagedReverser;
import io.reverser.simulators.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The packaged reverser beside the alternatives. */
final class ReverserBench {

    private static final Addresses CALLERS = new Addresses(30_000);

    private final Path repository;
    private final Path folder;
    private final Plan plan;
    private final Consumer<String> progress;

    ReverserBench(Path repository, Path folder, Plan plan, Consumer<String> progress) {
        this.repository = repository;
        this.folder = folder;
        this.plan = plan;
        this.progress = progress;
    }

    Report run() throws IOException, InterruptedException, SQLException {
        var tools = Tools.ready(progress);
        var reverser = PackagedReverser.in(repository);
        AotTraining.once(reverser, progress);
        progress.accept("building the fast-jar to compare with, once for each build");
        Path fastJar = FastJar.build(repository, folder.resolve("fast-jar.log"));
        var wrk = Wrk.in(repository.resolve("sandbox/bench"), folder, CALLERS);
        var machine = Machine.here();
        if (machine.isBusy()) {
            progress.accept("this machine has other work to do; the figures will say less than they could");
        }
        try (var database = EmbeddedDatabase.start(folder.resolve("mariadb"))) {
            var flask = repository.resolve("sandbox/bench/src/main/python");
            var candidates = new Candidates(reverser, fastJar, flask, tools, database, folder);
            var figures = figures(new Contest(candidates.all(CALLERS), plan, progress), database, wrk);
            var results = new Results(figures, plan.counted());
            progress.accept("counting %,d visits in the database".formatted(plan.counted()));
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
}
