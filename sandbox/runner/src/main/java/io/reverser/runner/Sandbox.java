package io.reverser.runner;

import io.reverser.runner.workspace.WorkspacePage;
import io.reverser.simulators.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that {@code ./platform up} runs. It lives in one folder and leaves nothing elsewhere. */
final class Sandbox implements AutoCloseable {

    private final Path home;
    private final Consumer<String> progress;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    Sandbox(Path home, Consumer<String> progress) {
        this.home = home;
        this.progress = progress;
    }

    /** Starts the database and the reverser, trained first where the package has not been yet. */
    RunningReverser start(PackagedReverser reverser, Ports ports) {
        progress.accept("starting MariaDB");
        var database = add(() -> EmbeddedDatabase.start(home.resolve("mariadb")));
        if (!reverser.isTrained()) {
            progress.accept("training the reverser's AOT cache, once for each build (about 20 s)");
            AotTraining.train(reverser, database, home.resolve("training.log"));
            database.clear();
        }
        progress.accept("starting the reverser");
        return add(() -> reverser.start(ports, database.environment(), home.resolve("reverser.log")));
    }

    /** Starts the functions and the page on which they are used, at the given port, else at any that is free. */
    WorkspacePage startFunctions(Path repository, int port) {
        progress.accept("starting the functions, with an AWS and a Slack to talk with");
        var access = add(() -> AccessSandbox.start(repository, home.resolve("access")));
        var alarms = add(() -> AlarmsSandbox.start(repository, home.resolve("alarms"), access.surroundings()));
        return add(() -> WorkspacePage.start(Ports.isFree(port) ? port : 0, access, alarms));
    }

    /** Stops the parts, the last started first, so that each still finds what it stands on. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                progress.accept("stopping: " + failure.getMessage());
            }
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** A part that is being started while the sandbox closes is waited for, and then closed with the others. */
    private synchronized <T extends AutoCloseable> T add(Supplier<T> start) {
        if (closed) {
            throw new SandboxFailure("stopped");
        }
        T part = start.get();
        parts.push(part);
        return part;
    }
}
