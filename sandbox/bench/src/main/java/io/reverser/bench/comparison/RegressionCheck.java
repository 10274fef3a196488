package io.reverser.bench.comparison;

import io.reverser.bench.host.BenchException;
import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.load.Addresses;
import io.reverser.bench.load.Wrk;
import io.reverser.bench.report.GeneratedSections;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.server.ServerCommand;
import io.reverser.bench.server.ServerCommands;
import io.reverser.bench.server.Tools;
import io.reverser.runner.process.AotTraining;
import io.reverser.runner.process.PackagedReverser;
import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks, in about three minutes, that the reverser does not need more CPU time per request than
 * {@code docs/performance.md} shows, in multiples of the raw Vert.x handler's CPU time.
 */
public record RegressionCheck(Path repository, Path folder, Consumer<String> progress) {

    private static final double TOLERANCE = 1.15;
    private static final Addresses CALLERS = new Addresses(30_000);

    /**
     * Measures and compares.
     *
     * @throws BenchException when the ratio is over the limit
     */
    public void run() throws IOException, InterruptedException {
        String page = Files.readString(repository.resolve("docs/performance.md"));
        double documented = ProcessorRatios.parse(new GeneratedSections(page).section(ProcessorRatios.SECTION, "bench"))
                .of(MachineInfo.measure().cpuModel());
        Tools.requireLoadGenerator(progress);
        var reverser = PackagedReverser.inRepository(repository);
        AotTraining.trainIfNeeded(reverser, progress);
        var wrk =
                Wrk.create(repository.resolve("sandbox/bench"), Files.write(folder.resolve("callers"), CALLERS.all()));
        try (var database = MariaDbServer.start(folder.resolve("mariadb"))) {
            var serverCommands = new ServerCommands(reverser, database, folder);
            ServerCommand shipped = serverCommands.shipped();
            ServerCommand raw = serverCommands
                    .minimalServers(shipped, CALLERS, Optional.empty())
                    .getFirst();
            double measured = new CpuPairs(shipped, raw, progress).lowestRatio(wrk);
            compare(measured, documented);
        }
    }

    private void compare(double measured, double documented) {
        String result = "%s: %s, at most %s (%s × %s in docs/performance.md)"
                .formatted(
                        ReverserObjectives.PAIRED_CPU_RATIO,
                        MarkdownTable.formatNumber(measured),
                        MarkdownTable.formatNumber(TOLERANCE * documented),
                        TOLERANCE,
                        MarkdownTable.formatNumber(documented));
        if (measured > TOLERANCE * documented) {
            throw new BenchException(result + ". Find the slow change with a profiler; if the cost is intended, measure"
                    + " docs/performance.md again with ./platform bench reverser");
        }
        progress.accept(result);
    }
}
