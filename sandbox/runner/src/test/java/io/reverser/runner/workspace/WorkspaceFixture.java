package io.reverser.runner.workspace;

import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.cluster.LoadGenerator;
import io.reverser.runner.functions.AccessSandbox;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.process.ItFolder;
import io.reverser.runner.process.TrainedReverser;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.database.MariaDbServer;
import io.reverser.simulators.tls.TestAuthority;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The sandbox behind the workspace page in a test: the packaged functions and, if requested, the rotation. */
public final class WorkspaceFixture implements AutoCloseable {

    private static final Path REPOSITORY = Path.of("..", "..");

    final AccessSandbox access;
    final AlarmsSandbox alarms;
    final WorkspacePage page;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private WorkspaceFixture(boolean withRotation) {
        access = add(AccessSandbox.start(REPOSITORY, ItFolder.PATH.resolve("access-" + System.nanoTime())));
        alarms = add(AlarmsSandbox.start(
                REPOSITORY, ItFolder.PATH.resolve("alarms-" + System.nanoTime()), access.backends()));
        page = add(WorkspacePage.start(
                0, new WorkspaceContext(access, alarms, withRotation ? Optional.of(rotation()) : Optional.empty())));
    }

    /** Starts a sandbox with cluster access and alarms. */
    static WorkspaceFixture start() {
        return new WorkspaceFixture(false);
    }

    /** Starts a sandbox with cluster access, alarms and the rotation. */
    static WorkspaceFixture withRotation() {
        return new WorkspaceFixture(true);
    }

    private WorkspaceContext.RotationUnderLoad rotation() {
        TrainedReverser.inRepository();
        var database = add(MariaDbServer.start(
                ItFolder.PATH.resolve("mariadb"), TestAuthority.create(ItFolder.PATH.resolve("authority"))));
        var rotation = add(RotationSandbox.start(
                REPOSITORY,
                ItFolder.PATH.resolve("rotation-" + System.nanoTime()),
                access.backends(),
                database,
                Strategy.ALTERNATING_USERS,
                0));
        return new WorkspaceContext.RotationUnderLoad(
                rotation, add(LoadGenerator.start(rotation.cluster().port())));
    }

    /**
     * Waits until the command function answers within Slack's timeout; on a busy machine, its cold start may take
     * longer.
     */
    public static void awaitCommand(AccessSandbox access) {
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> !access.app()
                        .sendSlashCommand("U0ADA", "/cluster-access", "help")
                        .isMissingNode());
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }
}
