package io.reverser.bench.growth;

import io.reverser.bench.comparison.BenchmarkPlan;
import io.reverser.bench.comparison.Round;
import io.reverser.bench.growth.GrowthReport.NetworkVisits;
import io.reverser.bench.host.BenchException;
import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.load.Addresses;
import io.reverser.bench.load.Wrk;
import io.reverser.bench.load.WrkResult;
import io.reverser.bench.server.Server;
import io.reverser.bench.server.ServerCommand;
import io.reverser.bench.server.ServerCommands;
import io.reverser.bench.server.Tools;
import io.reverser.runner.process.AotTraining;
import io.reverser.runner.process.PackagedReverser;
import io.reverser.runner.process.Ports;
import io.reverser.runner.process.ProcessMemory;
import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Measures the packaged reverser with more callers, connections, memory and CPUs, and in each form of its response. */
public final class GrowthBench {

    private static final Addresses CALLERS = new Addresses(30_000);
    private static final int WARM_UP_SECONDS = 8;
    private static final double MEGABYTE = 1e6;
    private static final double BYTES_PER_MIB = 1024 * 1024;

    private static final List<Form> FORMS = List.of(
            new Form("Text", Wrk.ANY_TYPE),
            new Form("JSON", "application/json"),
            new Form("HTML", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));

    private final Path repository;
    private final Path folder;
    private final BenchmarkPlan plan;
    private final Consumer<String> progress;

    /** A form of the response, and the Accept header of clients that ask for it. */
    private record Form(String title, String accept) {}

    public GrowthBench(Path repository, Path folder, BenchmarkPlan plan, Consumer<String> progress) {
        this.repository = repository;
        this.folder = folder;
        this.plan = plan;
        this.progress = progress;
    }

    public GrowthReport run() throws IOException, InterruptedException, SQLException {
        Tools.requireLoadGenerator(progress);
        Files.createDirectories(folder);
        var reverser = PackagedReverser.inRepository(repository);
        AotTraining.trainIfNeeded(reverser, progress);
        var machine = MachineInfo.measure();
        try (var database = MariaDbServer.start(folder.resolve("mariadb"))) {
            var serverCommands = new ServerCommands(reverser, database, folder);
            var wrk = wrk("callers", CALLERS.all());
            Series callers = callers(serverCommands);
            return new GrowthReport(
                    callers,
                    connections(serverCommands, wrk),
                    heap(serverCommands, wrk),
                    cores(serverCommands, wrk),
                    forms(serverCommands, wrk),
                    network(serverCommands, callers.points().getFirst().get(Quantity.REQUESTS)),
                    machine);
        }
    }

    /** Measures each number of callers with a new process and an empty database. */
    private Series callers(ServerCommands serverCommands) throws IOException, InterruptedException, SQLException {
        var points = new ArrayList<Series.Point>();
        for (int number : List.of(1_000, 10_000, 100_000, 1_000_000)) {
            String value = "%,d".formatted(number);
            progress.accept(value + " callers");
            serverCommands.database().dropAllTables();
            var ports = Ports.free();
            // 240.0.0.0/4 is reserved, and large enough.
            var wrk = wrk(
                    "callers-" + number,
                    addresses(number, n -> "%d.%d.%d.%d".formatted(240, n >>> 16, n >>> 8 & 255, n & 255)));
            try (var server = warmedUp(serverCommands.shipped(ports), wrk)) {
                StorageCounters before = StorageCounters.read(serverCommands.database(), ports.management());
                Round round = Round.measure(server, wrk, plan.growthSeconds());
                StorageCounters after = StorageCounters.read(serverCommands.database(), ports.management());
                var measured = measured(round);
                measured.remove(Quantity.P99);
                double requests = round.perSecond() * plan.growthSeconds();
                double rows = after.rows() - before.rows();
                double databaseMicros =
                        after.databaseCpu().minus(before.databaseCpu()).toNanos() / 1e3;
                measured.put(Quantity.DATABASE_CPU, databaseMicros / requests);
                measured.put(Quantity.DATABASE_CPU_PER_ROW, databaseMicros / rows);
                measured.put(Quantity.ROWS, rows / plan.growthSeconds());
                after.millisPerFlushSince(before).ifPresent(millis -> measured.put(Quantity.FLUSH, millis));
                measured.put(Quantity.DROPPED, 100 * (after.dropped() - before.dropped()) / requests);
                points.add(new Series.Point(value, measured));
            }
        }
        return new Series("Callers", points);
    }

    private Series connections(ServerCommands serverCommands, Wrk wrk) throws IOException, InterruptedException {
        var points = new ArrayList<Series.Point>();
        try (var server = warmedUp(serverCommands.shipped(), wrk)) {
            for (int number : List.of(1, 4, 16, 64, 256, 1024, 4096)) {
                points.add(measure("%,d".formatted(number), "connections", server, wrk.withConnections(number)));
            }
        }
        return new Series("Connections", points);
    }

    private Series heap(ServerCommands serverCommands, Wrk wrk) throws IOException, InterruptedException {
        var points = new ArrayList<Series.Point>();
        for (int megabytes : List.of(64, 128, 256, 512)) {
            try (var server = warmedUp(serverCommands.shipped(Ports.free(), "-Xmx" + megabytes + "m"), wrk)) {
                points.add(measure(String.valueOf(megabytes), "Heap MB", server, wrk));
            }
        }
        return new Series("Heap MB", points);
    }

    private Series cores(ServerCommands serverCommands, Wrk wrk) throws IOException, InterruptedException {
        var points = new ArrayList<Series.Point>();
        try (var server = warmedUp(serverCommands.shipped().onCpu(0), wrk)) {
            points.add(measure("1", "core", server, wrk));
        }
        try (var server = warmedUp(serverCommands.shipped(), wrk)) {
            int cores = Runtime.getRuntime().availableProcessors();
            points.add(measure(String.valueOf(cores), "cores", server, wrk));
        }
        return new Series("Cores", points);
    }

    private Series forms(ServerCommands serverCommands, Wrk wrk) throws IOException, InterruptedException {
        var points = new ArrayList<Series.Point>();
        try (var server = warmedUp(serverCommands.shipped(), wrk)) {
            for (Form form : FORMS) {
                var formWrk = wrk.withAccept(form.accept);
                Round.measure(server, formWrk, warmUpSeconds());
                points.add(measure(form.title, "", server, formWrk));
            }
        }
        return new Series("Form", points);
    }

    /**
     * Sends one visit from each of a million addresses of one IPv6 /64, of the range for documentation (RFC 3849).
     *
     * @param perSecond the rate of the reverser, from which the timeout follows
     */
    private NetworkVisits network(ServerCommands serverCommands, double perSecond)
            throws IOException, InterruptedException, SQLException {
        int number = plan.equals(BenchmarkPlan.FULL) ? 1_000_000 : 100_000;
        progress.accept("%,d addresses of one IPv6 /64".formatted(number));
        serverCommands.database().dropAllTables();
        var wrk = wrk(
                "callers-of-one-network",
                addresses(number, n -> "2001:db8:0:1::%x:%x".formatted(n >>> 16, n & 0xffff)));
        double memory;
        try (var server = Server.start(serverCommands.shipped())) {
            WrkResult result =
                    wrk.loadExactly(number, server.serverCommand().port(), (int) (2 * number / perSecond) + 10);
            if (!result.isClean() || result.sent() <= number) {
                throw new BenchException("Not all addresses of the network had a response: " + result);
            }
            memory = ProcessMemory.peakMegabytes(server.process().toHandle()) * BYTES_PER_MIB / MEGABYTE;
        }
        try (var connection = serverCommands.database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT COUNT(*), COALESCE(SUM(visits), 0) FROM visit WHERE LENGTH(address) > 4")) {
            rows.next();
            return new NetworkVisits(number, rows.getLong(1), rows.getLong(2), memory);
        }
    }

    private Server warmedUp(ServerCommand serverCommand, Wrk wrk) throws IOException, InterruptedException {
        Server server = Server.start(serverCommand);
        Round.measure(server, wrk, warmUpSeconds());
        return server;
    }

    private Series.Point measure(String value, String unit, Server server, Wrk wrk)
            throws IOException, InterruptedException {
        progress.accept((value + " " + unit).strip());
        return new Series.Point(value, measured(Round.measure(server, wrk, plan.growthSeconds())));
    }

    private static Map<Quantity, Double> measured(Round round) {
        var measured = new EnumMap<Quantity, Double>(Quantity.class);
        measured.put(Quantity.REQUESTS, round.perSecond());
        measured.put(Quantity.CPU, round.cpu());
        measured.put(Quantity.P99, round.p99());
        measured.put(Quantity.MEMORY, round.memory());
        return measured;
    }

    private int warmUpSeconds() {
        return Math.min(plan.warmUpSeconds(), WARM_UP_SECONDS);
    }

    private Wrk wrk(String file, List<String> addresses) throws IOException {
        return Wrk.create(repository.resolve("sandbox/bench"), Files.write(folder.resolve(file), addresses));
    }

    private static List<String> addresses(int number, IntFunction<String> address) {
        return IntStream.range(0, number).mapToObj(address).toList();
    }
}
