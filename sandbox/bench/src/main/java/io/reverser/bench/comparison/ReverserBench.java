package io.reverser.bench.comparison;

import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.load.Addresses;
import io.reverser.bench.load.LatencyPercentiles;
import io.reverser.bench.load.OpenLoopLoad;
import io.reverser.bench.load.Wrk;
import io.reverser.bench.server.FastJar;
import io.reverser.bench.server.GoServer;
import io.reverser.bench.server.ServerCommand;
import io.reverser.bench.server.ServerCommands;
import io.reverser.bench.server.ServerVariant;
import io.reverser.bench.server.Tools;
import io.reverser.runner.process.AotTraining;
import io.reverser.runner.process.PackagedReverser;
import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
        Optional<GoServer> goServer = GoServer.build(repository, folder);
        if (goServer.isEmpty()) {
            progress.accept("Go is not installed, so the server in Go is left out");
        }
        var wrk =
                Wrk.create(repository.resolve("sandbox/bench"), Files.write(folder.resolve("callers"), CALLERS.all()));
        var machine = MachineInfo.measure();
        if (machine.isBusy()) {
            progress.accept("this machine is busy with other work, so the figures are less reliable");
        }
        try (var database = MariaDbServer.start(folder.resolve("mariadb"))) {
            var serverCommands = new ServerCommands(reverser, database, folder);
            ServerCommand shipped = serverCommands.shipped();
            var compared =
                    new ArrayList<>(List.of(shipped, serverCommands.small(), serverCommands.plainFastJar(fastJar)));
            List<ServerCommand> minimal = serverCommands.minimalServers(shipped, CALLERS, goServer);
            compared.addAll(minimal);
            compared.add(serverCommands.flaskApp(repository.resolve("sandbox/bench/src/main/python"), tools));
            Results results = measure(
                    new ComparisonRun(compared, plan, progress),
                    new CpuPairs(shipped, minimal.getFirst(), progress),
                    database,
                    wrk);
            progress.accept("comparing %,d visits with the database".formatted(plan.verifiedRequests()));
            new VisitVerification(reverser, database, folder.resolve("visit-verification.log"))
                    .verify(plan.verifiedRequests(), CALLERS, wrk, timeoutSeconds(plan.verifiedRequests(), results));
            return new BenchReport(results, machine, versions(tools, goServer));
        }
    }

    private Results measure(ComparisonRun comparison, CpuPairs pairs, MariaDbServer database, Wrk wrk)
            throws IOException, InterruptedException {
        var starts = comparison.measureStarts();
        database.dropAllTables();
        var loads = comparison.measureLoads(wrk, new OpenLoopLoad(CALLERS, ComparisonRun.FIXED_RATE));
        var measurements = new TreeMap<ServerVariant, Measurements>();
        loads.rounds()
                .forEach((variant, rounds) ->
                        measurements.put(variant, Measurements.of(starts.getOrDefault(variant, List.of()), rounds)));
        var latencies = new TreeMap<ServerVariant, LatencyPercentiles>();
        loads.latencies().forEach((variant, rounds) -> latencies.put(variant, Measurements.medians(rounds)));
        return new Results(measurements, latencies, pairs.lowestRatio(wrk), plan.verifiedRequests());
    }

    private static List<String> versions(Tools tools, Optional<GoServer> goServer) {
        return Stream.concat(goServer.map(GoServer::version).stream(), Stream.of(tools.versions()))
                .toList();
    }

    /**
     * The timeout for the requests whose visits are checked: twice the time that these requests take at the measured
     * rate, plus 10 seconds because the JVM is cold.
     */
    private static int timeoutSeconds(long requests, Results results) {
        return (int) (2 * requests / results.of(ServerVariant.REVERSER).load().perSecond()) + 10;
    }
}
