package io.reverser.bench.functions;

import io.reverser.bench.functions.SlackWorkload.Interaction;
import io.reverser.bench.host.Await;
import io.reverser.bench.host.CpuQuota;
import io.reverser.bench.report.MarkdownTable;
import io.reverser.bench.report.Objective;
import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.functions.AccessPackages;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.aws.lambda.FunctionPackage;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import io.reverser.simulators.database.MariaDbServer;
import io.reverser.simulators.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures the packaged functions: latency, memory, package size and costs. */
public final class FunctionsBench {

    private static final int DEPLOYED_MEMORY_MB = 1024;
    private static final List<Integer> MEMORY_SIZES_MB = List.of(512, DEPLOYED_MEMORY_MB, 1769);
    private static final int WARM_REQUESTS = 2000;
    private static final int WARM_EVENTS = 30;
    private static final int GRANT_COUNT = 20;
    private static final int SWEEPS_PER_MONTH = 12 * 730;
    private static final int RECONCILIATIONS_PER_MONTH = 60 * 730;
    private static final double BYTES_PER_MB = 1e6;
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(10);

    private final Path repository;
    private final Path folder;
    private final int starts;
    private final Consumer<String> progress;
    private final FunctionCosts costs;
    private final List<List<String>> coldStarts = new ArrayList<>();
    private final List<List<String>> needs = new ArrayList<>();
    private final List<Objective> objectives = new ArrayList<>();

    /**
     * Prepares the measurements of a repository's packaged functions.
     *
     * @param folder where the run writes its data
     * @param starts cold starts of each function in each memory size
     * @throws IOException when the repository's AWS prices cannot be read
     */
    public FunctionsBench(Path repository, Path folder, int starts, Consumer<String> progress) throws IOException {
        this.repository = repository;
        this.folder = folder;
        this.starts = starts;
        this.progress = progress;
        this.costs = new FunctionCosts(repository);
    }

    /** Runs all measurements, and returns the report. */
    public String run() throws IOException {
        try (var backends = SimulatedBackends.start(folder)) {
            measureSlack(backends);
            measureOthers(backends);
        }
        progress.accept("from approval to access, " + GRANT_COUNT + " times");
        Latencies grants = GrantLatency.measure(repository, folder.resolve("grants"), GRANT_COUNT);
        objectives.add(
                Objective.atMost("From approval to access and its message, longest of 20, ms", 2000, grants.max()));
        return String.join(
                "\n",
                new MarkdownTable(
                                List.of(
                                        "Cold start",
                                        "Memory",
                                        "Start ms",
                                        "Response ms",
                                        "Total ms",
                                        "Longest total ms"),
                                coldStarts)
                        .markdown(),
                new MarkdownTable(
                                List.of("Warm, 1,024 MB", "Median ms", "Longest ms", "Peak memory MB", "Package MB"),
                                needs)
                        .markdown(),
                costs.table().markdown(),
                Objective.table(objectives).markdown());
    }

    private void measureSlack(SimulatedBackends backends) throws IOException {
        var command = AccessPackages.command(repository, folder);
        var baseline = new FunctionPackage(
                "baseline",
                repository.resolve("sandbox/bench/target/classes"),
                BaselineHandler.class.getName() + "::handleRequest");
        var smallest = new SlackWorkload(backends, baseline, Interaction.BASELINE);
        var request = new SlackWorkload(backends, command, Interaction.REQUEST);
        var form = new SlackWorkload(backends, command, Interaction.MODAL);
        var cold = new HashMap<Workload, Latencies>();
        for (int memoryMb : MEMORY_SIZES_MB) {
            for (Workload workload : List.of(smallest, request, form)) {
                Latencies total = measureColdStarts(workload, memoryMb).total();
                if (memoryMb == DEPLOYED_MEMORY_MB) {
                    cold.put(workload, total);
                }
            }
        }
        Latencies coldRequest = Objects.requireNonNull(cold.get(request));
        addColdStart("request as text, median", 450, coldRequest.median());
        addColdStart("request as text, longest", 700, coldRequest.max());
        Latencies coldForm = Objects.requireNonNull(cold.get(form));
        addColdStart("open the form, median", 600, coldForm.median());
        addColdStart("open the form, longest", 900, coldForm.max());
        addColdStart(
                "request as text, from a snapshot, longest",
                300,
                measureRestores(request).total().max());
        var help = new SlackWorkload(backends, command, Interaction.HELP);
        var warm = measureWarm(help, AccessPackages.zip(repository, "command"), WARM_REQUESTS, WARM_REQUESTS);
        objectives.add(Objective.atMost(
                "Warm response without outbound calls, p50, ms",
                20,
                warm.response().median()));
        objectives.add(Objective.atMost(
                "Warm response without outbound calls, p99, ms",
                20,
                warm.response().percentile(99)));
        objectives.add(Objective.atMost(
                "Package of access-command, MB", 6, packageMb(AccessPackages.zip(repository, "command"))));
        costs.add(
                "access-command",
                DEPLOYED_MEMORY_MB,
                0,
                coldRequest.median(),
                warm.response().median());
    }

    private void measureOthers(SimulatedBackends backends) throws IOException {
        backends.createRequestTable("swept");
        measure(
                new EventWorkload(
                        AccessPackages.granter(repository, folder),
                        "a sweep",
                        backends.accessEnvironment("swept"),
                        granter -> granter.invoke("{\"kind\":\"sweep\"}")),
                AccessPackages.zip(repository, "granter"),
                SWEEPS_PER_MONTH,
                25);
        try (var alarms = AlarmsSandbox.start(repository, folder, backends)) {
            measure(
                    new EventWorkload(
                            unzip("alarms-notifier", AlarmsSandbox.zip(repository)),
                            "an alarm",
                            alarms.environment(),
                            notifier -> postAlarm(backends, notifier)),
                    AlarmsSandbox.zip(repository),
                    0,
                    25);
        }
        try (var database = MariaDbServer.start(
                        folder.resolve("mariadb"), TestAuthority.create(folder.resolve("authority")));
                var rotation = RotationSandbox.start(
                        repository, folder.resolve("rotation"), backends, database, Strategy.ALTERNATING_USERS, 0)) {
            measure(
                    new EventWorkload(
                            unzip("rotation-rotator", RotationSandbox.zip(repository)),
                            "reconcile outside a window",
                            rotation.environment(),
                            rotator -> rotator.invoke("{\"kind\":\"reconcile\"}")),
                    RotationSandbox.zip(repository),
                    RECONCILIATIONS_PER_MONTH,
                    26);
        }
    }

    /**
     * Posts an alarm, and then moves the sandbox's clock by half an hour, so that the notifier posts a separate message
     * for the next alarm.
     */
    private static void postAlarm(SimulatedBackends backends, LambdaFunction notifier) {
        int before = backends.workspace().messages(AlarmsSandbox.ALARMS_CHANNEL).size();
        notifier.invoke("""
                {"source": "aws.cloudwatch", "accountId": "111122223333", "region": "eu-central-1", "time": "%2$s",
                 "alarmArn": "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:bench-%1$d",
                 "alarmData": {"alarmName": "bench-%1$d",
                   "state": {"value": "ALARM", "reason": "Threshold Crossed", "timestamp": "%2$s"},
                   "previousState": {"value": "OK", "reason": "fine", "timestamp": "%2$s"},
                   "configuration": {"metrics": []}}}
                """.formatted(before, backends.aws().clock().instant()));
        Await.until(
                () -> backends.workspace()
                                .messages(AlarmsSandbox.ALARMS_CHANNEL)
                                .size()
                        > before,
                AWAIT_TIMEOUT,
                "No message in Slack about the alarm");
        backends.aws().clock().move(Duration.ofMinutes(30));
    }

    private void measure(Workload workload, Path zip, int scheduled, double maxPackageMb) throws IOException {
        Latencies cold = measureColdStarts(workload, DEPLOYED_MEMORY_MB).total();
        Latencies restored = measureRestores(workload).total();
        var warm = measureWarm(workload, zip, WARM_EVENTS, WARM_EVENTS);
        addColdStart(workload.title() + ", longest", 4000, cold.max());
        addColdStart(workload.title() + ", from a snapshot, longest", 2000, restored.max());
        objectives.add(Objective.atMost(
                "Warm, %s, longest of %d, ms".formatted(workload.title(), WARM_EVENTS),
                200,
                warm.response().max()));
        objectives.add(Objective.atMost("Peak memory, %s, MB".formatted(workload.title()), 256, warm.memoryMb()));
        String function = workload.title().substring(0, workload.title().indexOf(':'));
        objectives.add(Objective.atMost("Package of %s, MB".formatted(function), maxPackageMb, packageMb(zip)));
        costs.add(
                function,
                DEPLOYED_MEMORY_MB,
                scheduled,
                cold.median(),
                warm.response().median());
    }

    private void addColdStart(String name, double limit, double measured) {
        objectives.add(Objective.atMost("Cold start to response, %s, ms".formatted(name), limit, measured));
    }

    private ColdStarts.ColdStartLatencies measureColdStarts(Workload workload, int memoryMb) {
        try (var memory = new MemorySize(memoryMb)) {
            progress.accept("%d cold starts: %s, %s".formatted(starts, workload.title(), memory));
            return addRow(workload.title(), memory, ColdStarts.measure(workload, memory.cpuQuota(), starts));
        }
    }

    private ColdStarts.ColdStartLatencies measureRestores(Workload workload) {
        try (var memory = new MemorySize(DEPLOYED_MEMORY_MB)) {
            String title = workload.title() + ", from a snapshot";
            progress.accept("%d restores: %s".formatted(starts, workload.title()));
            return addRow(title, memory, ColdStarts.measureRestores(workload, memory.cpuQuota(), starts));
        }
    }

    private ColdStarts.ColdStartLatencies addRow(
            String title, MemorySize memory, ColdStarts.ColdStartLatencies measured) {
        coldStarts.add(List.of(
                title,
                memory.toString(),
                MarkdownTable.formatNumber(measured.init().median()),
                MarkdownTable.formatNumber(measured.response().median()),
                MarkdownTable.formatNumber(measured.total().median()),
                MarkdownTable.formatNumber(measured.total().max())));
        return measured;
    }

    private ColdStarts.WarmLatencies measureWarm(Workload workload, Path zip, int warmUp, int count)
            throws IOException {
        try (var memory = new MemorySize(DEPLOYED_MEMORY_MB)) {
            progress.accept("warm: %s, %d times".formatted(workload.title(), count));
            var warm = ColdStarts.measureWarm(workload, memory.cpuQuota(), warmUp, count);
            needs.add(List.of(
                    workload.title(),
                    MarkdownTable.formatNumber(warm.response().median()),
                    MarkdownTable.formatNumber(warm.response().max()),
                    MarkdownTable.formatNumber(warm.memoryMb()),
                    MarkdownTable.formatNumber(packageMb(zip))));
            return warm;
        }
    }

    private FunctionPackage unzip(String name, Path zip) {
        return FunctionPackage.unzip(name, zip, folder, FunctionPackage.QUARKUS_HANDLER);
    }

    private static double packageMb(Path zip) throws IOException {
        return Files.size(zip) / BYTES_PER_MB;
    }

    /** A function's memory size, with its CPU quota if the current user can create Linux control groups. */
    private static final class MemorySize implements AutoCloseable {

        private final int megabytes;
        private final Optional<CpuQuota> cpuQuota;

        MemorySize(int megabytes) {
            this.megabytes = megabytes;
            this.cpuQuota = CpuQuota.create(megabytes);
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
            return "%,d MB%s".formatted(megabytes, cpuQuota.isPresent() ? "" : " (not limited)");
        }
    }
}
