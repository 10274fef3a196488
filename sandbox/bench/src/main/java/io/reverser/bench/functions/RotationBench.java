package io.reverser.bench.functions;

import io.reverser.bench.host.Await;
import io.reverser.bench.report.Objective;
import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.runner.process.ProcessMemory;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.database.MariaDbServer;
import io.reverser.simulators.database.MySqlServer;
import io.reverser.simulators.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures a complete rotation with three pods: the forced sync of the secret, the rollout, and the removal of the old
 * password.
 */
public final class RotationBench {

    private static final Duration ROTATION_TIMEOUT = Duration.ofMinutes(3);
    private static final double NANOS_PER_MS = 1e6;

    private RotationBench() {}

    /**
     * Measures the packaged rotator of a repository.
     *
     * @param folder where the run writes its data
     */
    public static List<Objective> run(Path repository, Path folder, Consumer<String> progress) throws IOException {
        var authority = TestAuthority.create(folder.resolve("authority"));
        var objectives = new ArrayList<Objective>();
        try (DatabaseServer mysql = MySqlServer.start(folder.resolve("mysql"), authority)) {
            progress.accept("a rotation with dual passwords on " + mysql.name());
            objectives.addAll(measure(repository, folder.resolve("dual"), mysql, Strategy.DUAL_PASSWORD));
        }
        try (DatabaseServer mariadb = MariaDbServer.start(folder.resolve("mariadb"), authority)) {
            progress.accept("a rotation with alternating users on " + mariadb.name());
            objectives.addAll(measure(repository, folder.resolve("users"), mariadb, Strategy.ALTERNATING_USERS));
        }
        return objectives;
    }

    private static List<Objective> measure(Path repository, Path home, DatabaseServer database, Strategy strategy)
            throws IOException {
        String namePrefix = "%s on %s: ".formatted(strategy.text(), database.name());
        try (var backends = SimulatedBackends.start(home);
                var rotation = RotationSandbox.start(repository, home, backends, database, strategy, 0)) {
            long begun = System.nanoTime();
            rotation.advanceToNextWindow();
            awaitCompletion(backends);
            double durationMs = (System.nanoTime() - begun) / NANOS_PER_MS;
            double memory = 0;
            for (ProcessHandle process : rotation.startProcesses()) {
                memory = Math.max(memory, ProcessMemory.peakMegabytes(process));
            }
            double longestReconcile =
                    Collections.max(rotation.reconcileDurations()).toNanos() / NANOS_PER_MS;
            return List.of(
                    Objective.atMost(
                            namePrefix + "from the start of the window to the removal of the old password, ms",
                            60_000,
                            durationMs),
                    Objective.atMost(namePrefix + "longest reconciliation, warm, ms", 2000, longestReconcile),
                    Objective.atMost(namePrefix + "peak memory of the function, MB", 512, memory));
        }
    }

    private static void awaitCompletion(SimulatedBackends backends) {
        Await.until(
                () -> backends.workspace().messages(RotationSandbox.PLATFORM_CHANNEL).stream()
                        .anyMatch(message -> message.text().contains("has changed")),
                ROTATION_TIMEOUT,
                "The password did not change within " + ROTATION_TIMEOUT.toMinutes() + " minutes");
    }
}
