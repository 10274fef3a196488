package io.reverser.runner;

import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.workspace.Parts;
import io.reverser.runner.workspace.WorkspacePage;
import io.reverser.simulators.EmbeddedDatabase;
import io.reverser.simulators.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.awaitility.Awaitility;

/** What stands behind the workspace's page in a test: the packaged functions, and whatever else it shows. */
final class WorkspaceStage implements AutoCloseable {

    private static final Path REPOSITORY = Path.of("..", "..");

    final AccessSandbox access;
    final AlarmsSandbox alarms;
    final WorkspacePage page;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private WorkspaceStage(boolean withRotation) {
        access = add(AccessSandbox.start(REPOSITORY, ItFolder.PATH.resolve("access-" + System.nanoTime())));
        alarms = add(AlarmsSandbox.start(
                REPOSITORY, ItFolder.PATH.resolve("alarms-" + System.nanoTime()), access.surroundings()));
        page = add(WorkspacePage.start(
                0, new Parts(access, alarms, withRotation ? Optional.of(rotation()) : Optional.empty())));
    }

    /** Of cluster access and alarms. */
    static WorkspaceStage open() {
        return new WorkspaceStage(false);
    }

    /** Of the database password as well. */
    static WorkspaceStage withRotation() {
        return new WorkspaceStage(true);
    }

    private Parts.Rotating rotation() {
        var database = add(EmbeddedDatabase.start(
                ItFolder.PATH.resolve("mariadb"), TestAuthority.create(ItFolder.PATH.resolve("authority"))));
        var choice = new RotationSandbox.Choice(database, Strategy.ALTERNATING_USERS, 0);
        var rotation = add(RotationSandbox.start(
                REPOSITORY, ItFolder.PATH.resolve("rotation-" + System.nanoTime()), access.surroundings(), choice));
        return new Parts.Rotating(rotation, add(Traffic.start(rotation.cluster().port())));
    }

    /** Waits until the app answers in time; its first start on a busy machine may take longer than Slack waits. */
    static void awaitCommand(AccessSandbox access) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() ->
                        !access.app().slash("U0ADA", "/cluster-access", "help").isMissingNode());
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
