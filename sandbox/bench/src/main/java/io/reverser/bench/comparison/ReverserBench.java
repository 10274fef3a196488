package io.reverser.bench.comparison;

import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.load.Addresses;
import io.reverser.bench.load.Wrk;
import io.reverser.bench.server.FastJar;
import io.reverser.bench.server.ServerCommands;
import io.reverser.bench.server.ServerVariant;
import io.reverser.bench.server.Tools;
import io.reverser.runner.process.AotTraining;
import io.reverser.runner.process.PackagedReverser;
import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Compares the packaged reverser with alternative servers. */
public final class ReverserBench {

    private static final Addresses CALLERS = new Addresses(30_000);

    private final Path repository;
    private final Path folder;
    private final BenchmarkPlan plan;
    private final Consumer<String> progress;

    public ReverserBench(Path repository, Path folder, BenchmarkPlan plan, Consumer<String> progress) {
        this.repository = repository;
        this.folder = folder;
        this.plan = plan;
        this.progress = progress;
    }

    public BenchReport run() throws IOException, InterruptedException, SQLException {
        var tools = Tools.findOrInstall(progress);
        var reverser = PackagedReverser.inRepository(repository);
        AotTraining.trainIfNeeded(reverser, progress);
        progress.accept("building the fast-jar for the comparison, unless it is newer than the package");
        Path fastJar = FastJar.build(repository, folder.resolve("fast-jar.log"));
        var wrk = Wrk.create(repository.resolve("sandbox/bench"), folder, CALLERS);
        var machine = MachineInfo.measure();
        if (machine.isBusy()) {
            progress.accept("this machine is busy with other work, so the figures are less reliable");
        }
        try (var database = MariaDbServer.start(folder.resolve("mariadb"))) {
            var flask = repository.resolve("sandbox/bench/src/main/python");
            var serverCommands = new ServerCommands(reverser, fastJar, flask, tools, database, folder);
            var measurements =
                    measure(new ComparisonRun(serverCommands.createAll(CALLERS), plan, progress), database, wrk);
            var results = new Results(measurements, plan.verifiedRequests());
            progress.accept("comparing %,d visits with the database".formatted(plan.verifiedRequests()));
            new VisitVerification(reverser, database, folder.resolve("visit-verification.log"))
                    .verify(plan.verifiedRequests(), CALLERS, wrk, timeoutSeconds(plan.verifiedRequests(), results));
            return new BenchReport(results, machine, tools);
        }
    }

    private static Map<ServerVariant, Measurements> measure(ComparisonRun comparison, MariaDbServer database, Wrk wrk)
            throws IOException, InterruptedException {
        var starts = comparison.measureStarts();
        database.dropAllTables();
        var measurements = new EnumMap<ServerVariant, Measurements>(ServerVariant.class);
        comparison
                .measureLoads(wrk)
                .forEach((variant, rounds) ->
                        measurements.put(variant, Measurements.of(starts.getOrDefault(variant, List.of()), rounds)));
        return measurements;
    }

    /**
     * The timeout for the requests whose visits are checked: twice the time that these requests take at the measured
     * rate, plus 10 seconds because the JVM is cold.
     */
    private static int timeoutSeconds(long requests, Results results) {
        return (int) (2 * requests / results.of(ServerVariant.REVERSER).load().perSecond()) + 10;
    }
}
