package io.reverser.bench.functions;

import io.reverser.bench.host.BenchException;
import io.reverser.bench.host.ProcessMemory;
import io.reverser.bench.report.Objective;
import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.runner.rotation.RotationSandbox.Options;
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

/** A whole rotation: three pods, forced sync, rollout, and the old password gone. */
public final class RotationBench {

    private static final Duration ROTATION_TIMEOUT = Duration.ofMinutes(3);
    private static final double NANOS_PER_MS = 1e6;

    private RotationBench() {}

    /** Measures the packages of a repository; writes into the folder. */
    public static List<Objective> run(Path repository, Path folder, Consumer<String> progress) throws IOException {
        var authority = TestAuthority.create(folder.resolve("authority"));
        var objectives = new ArrayList<Objective>();
        try (DatabaseServer mysql = MySqlServer.start(folder.resolve("mysql"), authority)) {
            progress.accept("a rotation with two passwords on " + mysql.name());
            objectives.addAll(
                    measure(repository, folder.resolve("dual"), new Options(mysql, Strategy.DUAL_PASSWORD, 0)));
        }
        try (DatabaseServer mariadb = MariaDbServer.start(folder.resolve("mariadb"), authority)) {
            progress.accept("a rotation with two users on " + mariadb.name());
            objectives.addAll(
                    measure(repository, folder.resolve("users"), new Options(mariadb, Strategy.ALTERNATING_USERS, 0)));
        }
        return objectives;
    }

    private static List<Objective> measure(Path repository, Path home, Options options) throws IOException {
        String namePrefix = "%s on %s: "
                .formatted(options.strategy().text(), options.database().name());
        try (var backends = SimulatedBackends.start(home);
                var rotation = RotationSandbox.start(repository, home, backends, options)) {
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
                    new Objective(
                            namePrefix + "from the open window until the old password is gone, ms", 60_000, durationMs),
                    new Objective(namePrefix + "longest look of the reconciler, warm, ms", 2000, longestReconcile),
                    new Objective(namePrefix + "memory of the function, most that it ever had, MB", 512, memory));
        }
    }

    private static void awaitCompletion(SimulatedBackends backends) {
        long deadline = System.nanoTime() + ROTATION_TIMEOUT.toNanos();
        while (backends.workspace().messages(RotationSandbox.PLATFORM_CHANNEL).stream()
                .noneMatch(message -> message.text().contains("has changed"))) {
            if (System.nanoTime() > deadline) {
                throw new BenchException(
                        "The password did not change within " + ROTATION_TIMEOUT.toMinutes() + " minutes");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(20));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
