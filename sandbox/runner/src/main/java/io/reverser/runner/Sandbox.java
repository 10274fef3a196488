package io.reverser.runner;

import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.workspace.Parts;
import io.reverser.runner.workspace.WorkspacePage;
import io.reverser.simulators.EmbeddedDatabase;
import io.reverser.simulators.LoopbackPort;
import io.reverser.simulators.TestAuthority;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that {@code ./platform up} runs. It lives in one folder and leaves nothing elsewhere. */
final class Sandbox implements AutoCloseable {

    private final Path repository;
    private final Path home;
    private final Consumer<String> progress;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What runs. */
    record Running(EmbeddedDatabase database, ReverserCluster reverser, Parts parts, WorkspacePage workspace) {}

    /**
     * @param repository whose packages it starts
     * @param home where it keeps its data and its logs
     * @param progress hears what it does, in words
     */
    Sandbox(Path repository, Path home, Consumer<String> progress) {
        this.repository = repository;
        this.home = home;
        this.progress = progress;
    }

    /**
     * Starts all of it.
     *
     * @param port of the reverser; the page is at the next, if that is free
     * @throws SandboxFailure when another sandbox runs in its folder, or a part does not start
     */
    Running start(int port) {
        add(() -> Claim.on(home));
        EmbeddedDatabase database = startDatabase();
        progress.accept("starting the functions, with an AWS and a Slack to talk with");
        var access = add(() -> AccessSandbox.start(repository, home.resolve("access")));
        var alarms = add(() -> AlarmsSandbox.start(repository, home.resolve("alarms"), access.surroundings()));
        progress.accept("starting the reverser, " + ReverserCluster.REPLICAS + " pods of it");
        Path folder = home.resolve("rotation");
        var choice = new RotationSandbox.Choice(database, Strategy.ALTERNATING_USERS, port);
        var rotation = add(() -> RotationSandbox.start(repository, folder, access.surroundings(), choice));
        access.wake();
        access.sweepAgainAndAgain();
        var traffic = add(() -> Traffic.start(rotation.cluster().port()));
        var shown = new Parts(access, alarms, Optional.of(new Parts.Rotating(rotation, traffic)));
        var page = add(() -> WorkspacePage.start(LoopbackPort.isFree(port + 1) ? port + 1 : 0, shown));
        return new Running(database, rotation.cluster(), shown, page);
    }

    /** Stops the parts, the last started first, so that each still finds what it stands on. */
    @Override
    public void close() {
        closed.countDown();
        closeParts();
    }

    private synchronized void closeParts() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                progress.accept("stopping: " + failure.getMessage());
            }
        }
    }

    /** Whether somebody closes it, or has. */
    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Returns when somebody closes it. */
    void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Starts the database, and trains the reverser with it where the package has not been yet. */
    private EmbeddedDatabase startDatabase() {
        var reverser = PackagedReverser.in(repository);
        progress.accept("starting MariaDB");
        var database = add(
                () -> EmbeddedDatabase.start(home.resolve("mariadb"), TestAuthority.create(home.resolve("authority"))));
        if (!reverser.isTrained()) {
            progress.accept(AotTraining.ABOUT);
            AotTraining.train(reverser, database, home.resolve("training.log"));
            database.clear();
        }
        return database;
    }

    /** A part that is being started while the sandbox closes is waited for, and then closed with the others. */
    private synchronized <T extends AutoCloseable> T add(Supplier<T> start) {
        if (isClosed()) {
            throw new SandboxFailure("stopped");
        }
        T part = start.get();
        parts.push(part);
        return part;
    }
}
