package io.reverser.runner;

import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.cluster.LoadGenerator;
import io.reverser.runner.cluster.ReverserCluster;
import io.reverser.runner.functions.AccessSandbox;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.process.AotTraining;
import io.reverser.runner.process.PackagedReverser;
import io.reverser.runner.process.SandboxException;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.runner.workspace.WorkspaceContext;
import io.reverser.runner.workspace.WorkspacePage;
import io.reverser.simulators.database.MariaDbServer;
import io.reverser.simulators.tls.TestAuthority;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The sandbox: everything that {@code ./platform up} runs. All its data and logs are in one folder. */
final class Sandbox implements AutoCloseable {

    private final Path repository;
    private final Path home;
    private final Consumer<String> progress;
    private final Deque<AutoCloseable> startedParts = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** The running parts of the sandbox. */
    record Running(MariaDbServer database, ReverserCluster cluster, WorkspaceContext context, WorkspacePage page) {}

    /**
     * Creates a sandbox that is not started yet.
     *
     * @param repository the checkout that contains the packages to start
     * @param home the folder for the sandbox's data and logs
     * @param progress receives one line for each step of the start
     */
    Sandbox(Path repository, Path home, Consumer<String> progress) {
        this.repository = repository;
        this.home = home;
        this.progress = progress;
    }

    /**
     * Starts all parts of the sandbox.
     *
     * @param port the port at which callers reach the reverser
     * @param pagePort the port of the workspace page
     * @throws SandboxException when another sandbox runs in this folder, or when a part does not start
     */
    Running start(int port, int pagePort) {
        startPart(() -> FolderLock.acquire(home));
        MariaDbServer database = startDatabase();
        progress.accept("starting the functions, with a simulated AWS and Slack");
        var access = startPart(() -> AccessSandbox.start(repository, home.resolve("access")));
        var alarms = startPart(() -> AlarmsSandbox.start(repository, home.resolve("alarms"), access.backends()));
        progress.accept("starting " + ReverserCluster.REPLICAS + " pods of the reverser");
        Path folder = home.resolve("rotation");
        var rotation = startPart(() -> RotationSandbox.start(
                repository, folder, access.backends(), database, Strategy.ALTERNATING_USERS, port));
        access.startCommand();
        access.scheduleSweep();
        var loadGenerator =
                startPart(() -> LoadGenerator.start(rotation.cluster().port()));
        var context = new WorkspaceContext(
                access, alarms, Optional.of(new WorkspaceContext.RotationUnderLoad(rotation, loadGenerator)));
        var page = startPart(() -> WorkspacePage.start(pagePort, context));
        return new Running(database, rotation.cluster(), context, page);
    }

    /** Stops the sandbox's parts in reverse order, so that each part stops before the parts that it depends on. */
    @Override
    public void close() {
        closed.countDown();
        closeParts();
    }

    private synchronized void closeParts() {
        while (!startedParts.isEmpty()) {
            try {
                startedParts.pop().close();
            } catch (Exception failure) {
                progress.accept("stopping: " + failure.getMessage());
            }
        }
    }

    /** Whether {@link #close} has been called. */
    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Blocks until {@link #close} is called. */
    void awaitClose() throws InterruptedException {
        closed.await();
    }

    /**
     * Starts the database. Trains the reverser's AOT cache with this database, unless the package already has a current
     * cache.
     */
    private MariaDbServer startDatabase() {
        var reverser = PackagedReverser.inRepository(repository);
        progress.accept("starting MariaDB");
        var database = startPart(
                () -> MariaDbServer.start(home.resolve("mariadb"), TestAuthority.create(home.resolve("authority"))));
        if (!reverser.hasCurrentAotCache()) {
            progress.accept(AotTraining.PROGRESS_MESSAGE);
            AotTraining.train(reverser, database, home.resolve("training.log"));
            database.dropAllTables();
        }
        return database;
    }

    /**
     * Starts a part of the sandbox. Synchronized with {@link #closeParts}, so that a part that starts while the sandbox
     * closes is closed, too.
     */
    private synchronized <T extends AutoCloseable> T startPart(Supplier<T> start) {
        if (isClosed()) {
            throw new SandboxException("stopped");
        }
        T part = start.get();
        startedParts.push(part);
        return part;
    }
}
