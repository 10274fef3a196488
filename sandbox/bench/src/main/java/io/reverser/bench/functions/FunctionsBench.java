package io.reverser.bench.functions;

import io.reverser.bench.host.CpuQuota;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.report.Objective;
import io.reverser.runner.functions.AccessPackages;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.simulators.aws.lambda.FunctionPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The functions of cluster access from their packages. */
public final class FunctionsBench {

    private static final List<Integer> MEMORY_SIZES_MB = List.of(512, 1024, 1769);
    private static final int OBJECTIVE_MEMORY_MB = 1024;
    private static final int WARM_REQUESTS = 2000;
    private static final int GRANT_COUNT = 20;
    private static final double BYTES_PER_MB = 1e6;

    private final Path repository;
    private final Path folder;
    private final Consumer<String> progress;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Objective> objectives = new ArrayList<>();

    /** Measures the packages of a repository; writes into the folder. */
    public FunctionsBench(Path repository, Path folder, Consumer<String> progress) {
        this.repository = repository;
        this.folder = folder;
        this.progress = progress;
    }

    /** Everything, in words and tables. */
    public String run(int starts) throws IOException {
        try (var backends = SimulatedBackends.start(folder)) {
            var coldStarts = new ColdStarts(backends);
            var command = AccessPackages.command(repository, folder);
            var baseline = new FunctionPackage(
                    "baseline",
                    repository.resolve("sandbox/bench/target/classes"),
                    BaselineHandler.class.getName() + "::handleRequest");
            for (int memoryMb : MEMORY_SIZES_MB) {
                try (var memorySetting = new MemorySetting(memoryMb)) {
                    measure(coldStarts, baseline, SlackInteraction.BASELINE, memorySetting, starts);
                    addColdStartObjective(
                            measure(coldStarts, command, SlackInteraction.REQUEST, memorySetting, starts),
                            SlackInteraction.REQUEST,
                            memoryMb,
                            700);
                    addColdStartObjective(
                            measure(coldStarts, command, SlackInteraction.MODAL, memorySetting, starts),
                            SlackInteraction.MODAL,
                            memoryMb,
                            1500);
                    if (memoryMb == OBJECTIVE_MEMORY_MB) {
                        progress.accept("warm: " + WARM_REQUESTS + " answers");
                        Latencies warm =
                                coldStarts.measureWarm(command, memorySetting.cpuQuota(), WARM_REQUESTS, WARM_REQUESTS);
                        objectives.add(
                                Objective.atMost("A warm answer without outside calls, p50, ms", 20, warm.median()));
                        objectives.add(Objective.atMost(
                                "A warm answer without outside calls, p99, ms", 20, warm.percentile(99)));
                    }
                }
            }
        }
        progress.accept("from approval to access, " + GRANT_COUNT + " times");
        Latencies grants = GrantLatency.measure(repository, folder.resolve("grants"), GRANT_COUNT);
        objectives.add(
                Objective.atMost("Approval to access and the message of it, longest of 20, ms", 2000, grants.max()));
        objectives.add(Objective.atMost("Package of command, MB", 16, packageMegabytes("command")));
        objectives.add(Objective.atMost("Package of granter, MB", 25, packageMegabytes("granter")));
        return coldStartTable().markdown() + "\n" + Objective.table(objectives).markdown();
    }

    private ColdStarts.ColdStartLatencies measure(
            ColdStarts coldStarts,
            FunctionPackage code,
            SlackInteraction interaction,
            MemorySetting memorySetting,
            int starts) {
        progress.accept("%d cold starts: %s, %s".formatted(starts, interaction.title, memorySetting));
        var measured = coldStarts.measure(code, interaction, memorySetting.cpuQuota(), starts);
        rows.add(List.of(
                code.name() + ": " + interaction.title,
                memorySetting.toString(),
                MarkdownTable.formatNumber(measured.init().median()),
                MarkdownTable.formatNumber(measured.response().median()),
                MarkdownTable.formatNumber(measured.total().median()),
                MarkdownTable.formatNumber(measured.total().max())));
        return measured;
    }

    private void addColdStartObjective(
            ColdStarts.ColdStartLatencies measured, SlackInteraction interaction, int memoryMb, double limit) {
        if (memoryMb == OBJECTIVE_MEMORY_MB) {
            objectives.add(Objective.atMost(
                    "Cold start to answer, %s, 1,024 MB, longest, ms".formatted(interaction.title),
                    limit,
                    measured.total().max()));
        }
    }

    private MarkdownTable coldStartTable() {
        return new MarkdownTable(
                List.of("Cold start", "Memory", "Start ms", "Answer ms", "Both ms", "Both, longest ms"), rows);
    }

    private double packageMegabytes(String function) throws IOException {
        return Files.size(AccessPackages.zip(repository, function)) / BYTES_PER_MB;
    }

    /** The processor share of a memory size, where it can be had. */
    private static final class MemorySetting implements AutoCloseable {

        private final int memory;
        private final Optional<CpuQuota> cpuQuota;

        MemorySetting(int memory) {
            this.memory = memory;
            this.cpuQuota = CpuQuota.create(memory);
        }

        Optional<CpuQuota> cpuQuota() {
            return cpuQuota;
        }

        @Override
        public void close() {
            cpuQuota.ifPresent(CpuQuota::close);
        }

        @Override
        public String toString() {
            return "%,d MB%s".formatted(memory, cpuQuota.isPresent() ? "" : " (not limited)");
        }
    }
}
