package io.reverser.bench.functions;

import io.reverser.bench.Table;
import io.reverser.runner.AccessFunctions;
import io.reverser.runner.AccessSurroundings;
import io.reverser.simulators.lambda.FunctionPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The functions of cluster access from their packages. */
public final class FunctionsBench {

    private static final List<Integer> MEMORIES = List.of(512, 1024, 1769);
    private static final int PROMISED = 1024;
    private static final int WARM = 2000;
    private static final int GRANTS = 20;
    private static final double MEGABYTE = 1e6;

    private final Path repository;
    private final Path folder;
    private final Consumer<String> progress;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();

    /** Measures the packages of a repository; writes into the folder. */
    public FunctionsBench(Path repository, Path folder, Consumer<String> progress) {
        this.repository = repository;
        this.folder = folder;
        this.progress = progress;
    }

    /** Everything, in words and tables. */
    public String run(int starts) throws IOException {
        try (var surroundings = AccessSurroundings.start(folder)) {
            var coldStarts = new ColdStarts(surroundings);
            var command = AccessFunctions.command(repository, folder);
            var plain = new FunctionPackage(
                    "plain",
                    repository.resolve("sandbox/bench/target/classes"),
                    PlainHandler.class.getName() + "::handleRequest");
            for (int memory : MEMORIES) {
                try (var share = new Allotment(memory)) {
                    measure(coldStarts, plain, Act.PLAIN, share, starts);
                    promise(measure(coldStarts, command, Act.REQUEST, share, starts), Act.REQUEST, memory, 700);
                    promise(measure(coldStarts, command, Act.MODAL, share, starts), Act.MODAL, memory, 1500);
                    if (memory == PROMISED) {
                        progress.accept("warm: " + WARM + " answers");
                        Times warm = coldStarts.warm(command, share.limit(), WARM, WARM);
                        promises.add(new Promise("A warm answer without outside calls, p50, ms", 20, warm.median()));
                        promises.add(
                                new Promise("A warm answer without outside calls, p99, ms", 20, warm.percentile(99)));
                    }
                }
            }
        }
        progress.accept("from approval to access, " + GRANTS + " times");
        Times grants = Grants.times(repository, folder.resolve("grants"), GRANTS);
        promises.add(
                new Promise("Approval to access and the message of it, longest of 20, ms", 2000, grants.longest()));
        promises.add(new Promise("Package of command, MB", 16, size("command")));
        promises.add(new Promise("Package of change, MB", 25, size("change")));
        return coldTable().markdown() + "\n" + Promise.table(promises).markdown();
    }

    private ColdStarts.Measured measure(
            ColdStarts coldStarts, FunctionPackage code, Act act, Allotment share, int starts) {
        progress.accept("%d cold starts: %s, %s".formatted(starts, act.title, share));
        var measured = coldStarts.of(code, act, share.limit(), starts);
        rows.add(List.of(
                code.name() + ": " + act.title,
                share.toString(),
                Table.number(measured.init().median()),
                Table.number(measured.answer().median()),
                Table.number(measured.total().median()),
                Table.number(measured.total().longest())));
        return measured;
    }

    private void promise(ColdStarts.Measured measured, Act act, int memory, double limit) {
        if (memory == PROMISED) {
            promises.add(new Promise(
                    "Cold start to answer, %s, 1,024 MB, longest, ms".formatted(act.title),
                    limit,
                    measured.total().longest()));
        }
    }

    private Table coldTable() {
        return new Table(List.of("Cold start", "Memory", "Start ms", "Answer ms", "Both ms", "Both, longest ms"), rows);
    }

    private double size(String function) throws IOException {
        return Files.size(AccessFunctions.zip(repository, function)) / MEGABYTE;
    }

    /** The processor share of a memory size, where it can be had. */
    private static final class Allotment implements AutoCloseable {

        private final int memory;
        private final Optional<CpuShare> limit;

        Allotment(int memory) {
            this.memory = memory;
            this.limit = CpuShare.of(memory);
        }

        Optional<CpuShare> limit() {
            return limit;
        }

        @Override
        public void close() {
            limit.ifPresent(CpuShare::close);
        }

        @Override
        public String toString() {
            return "%,d MB%s".formatted(memory, limit.isPresent() ? "" : " (not limited)");
        }
    }
}
