package io.reverser.bench.functions;

import io.reverser.bench.BenchFailure;
import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.AccessSurroundings;
import io.reverser.runner.RotationSandbox;
import io.reverser.runner.RotationSandbox.Choice;
import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.EmbeddedDatabase;
import io.reverser.simulators.MySql;
import io.reverser.simulators.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** A whole rotation: three pods, forced sync, rollout, and the old password gone. */
public final class RotationBench {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double NANOS = 1e6;

    private RotationBench() {}

    /** Measures the packages of a repository; writes into the folder. */
    public static List<Promise> run(Path repository, Path folder, Consumer<String> progress) throws IOException {
        var authority = TestAuthority.create(folder.resolve("authority"));
        var promises = new ArrayList<Promise>();
        try (DatabaseServer mysql = MySql.start(folder.resolve("mysql"), authority)) {
            progress.accept("a rotation with two passwords on " + mysql.name());
            promises.addAll(measure(repository, folder.resolve("dual"), new Choice(mysql, Strategy.DUAL_PASSWORD, 0)));
        }
        try (DatabaseServer mariadb = EmbeddedDatabase.start(folder.resolve("mariadb"), authority)) {
            progress.accept("a rotation with two users on " + mariadb.name());
            promises.addAll(
                    measure(repository, folder.resolve("users"), new Choice(mariadb, Strategy.ALTERNATING_USERS, 0)));
        }
        return promises;
    }

    private static List<Promise> measure(Path repository, Path home, Choice choice) throws IOException {
        String way = "%s on %s: "
                .formatted(choice.strategy().text(), choice.database().name());
        try (var surroundings = AccessSurroundings.start(home);
                var rotation = RotationSandbox.start(repository, home, surroundings, choice)) {
            long begun = System.nanoTime();
            rotation.openWindow();
            awaitEnd(surroundings);
            double took = (System.nanoTime() - begun) / NANOS;
            double memory = 0;
            for (ProcessHandle process : rotation.processes()) {
                memory = Math.max(memory, Memory.most(process));
            }
            double look = Collections.max(rotation.looks()).toNanos() / NANOS;
            return List.of(
                    new Promise(way + "from the open window until the old password is gone, ms", 60_000, took),
                    new Promise(way + "longest look of the reconciler, warm, ms", 2000, look),
                    new Promise(way + "memory of the function, most that it ever had, MB", 512, memory));
        }
    }

    private static void awaitEnd(AccessSurroundings surroundings) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (surroundings.workspace().messages(RotationSandbox.PLATFORM).stream()
                .noneMatch(message -> message.text().contains("has changed"))) {
            if (System.nanoTime() > deadline) {
                throw new BenchFailure("The password did not change within " + PATIENCE.toMinutes() + " minutes");
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
