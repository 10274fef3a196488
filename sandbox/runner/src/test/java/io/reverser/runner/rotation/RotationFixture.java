package io.reverser.runner.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.cluster.ReverserCredentials;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.runner.process.ItFolder;
import io.reverser.runner.process.PollInterval;
import io.reverser.runner.process.ProcessMemory;
import io.reverser.runner.process.SteadyLoad;
import io.reverser.runner.process.TrainedReverser;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** The sandbox of a rotation in a test, with checks of what can be observed from outside. */
public record RotationFixture(Path home, DatabaseServer database, SimulatedBackends backends, RotationSandbox rotation)
        implements AutoCloseable {

    private static final Path REPOSITORY = Path.of("..", "..");
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final AtomicInteger LOADS = new AtomicInteger();

    /** Starts a rotation sandbox with an empty database. */
    static RotationFixture start(DatabaseServer database, Strategy strategy) {
        TrainedReverser.inRepository();
        Path home = ItFolder.PATH.resolve("rotation-" + System.nanoTime());
        database.executeAsAdministrator(
                "DROP DATABASE " + DatabaseServer.DATABASE_NAME, "CREATE DATABASE " + DatabaseServer.DATABASE_NAME);
        var backends = SimulatedBackends.start(home);
        var rotation = RotationSandbox.start(REPOSITORY, home, backends, database, strategy, 0);
        return new RotationFixture(home, database, backends, rotation);
    }

    /** Sends load from a separate IPv6 network, so that the visits of this load can be counted separately. */
    public SteadyLoad load() {
        return load(PAUSE);
    }

    /**
     * Sends load from a separate IPv6 network.
     *
     * @param pause the time between two requests of a caller
     */
    public SteadyLoad load(Duration pause) {
        String network = "2001:db8:0:" + Integer.toHexString(LOADS.incrementAndGet());
        return new SteadyLoad(rotation.cluster().port(), network, pause);
    }

    /** Waits for a message in the rotation's Slack channel that contains a text. */
    public void awaitMessage(String text, Duration atMost) {
        try {
            await().atMost(atMost)
                    .until(() -> messages().stream()
                            .anyMatch(message -> message.text().contains(text)));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("No message says '" + text + "'. Messages: " + publishedText(), late);
        }
    }

    /** Waits for a pod whose container does not start. */
    public void awaitFailingPod(Duration atMost) {
        await().atMost(atMost)
                .until(() ->
                        rotation.pods().stream().anyMatch(pod -> pod.state().equals("failing")));
    }

    /**
     * Moves the clock past the rollout timeout. A pod can fail before the function has logged that the password is in
     * the cluster, and the timeout starts at that log entry, so this method waits for the entry first.
     */
    public void exceedRolloutTimeout(Duration atMost) {
        awaitMessage("The new password is in the cluster.", atMost);
        backends.aws().clock().move(rotation.plan().rolloutTimeout().plusMinutes(1));
    }

    /** The content of all messages in the rotation's Slack channel. */
    public String publishedText() {
        return messages().stream()
                .map(message -> message.text() + message.blocks() + message.content())
                .collect(Collectors.joining("\n"));
    }

    public List<ReverserCredentials> podCredentials() {
        return rotation.pods().stream()
                .flatMap(pod -> pod.credentials().stream())
                .toList();
    }

    /** Whether the database accepts a login with these credentials. */
    public boolean canLogIn(ReverserCredentials credentials) {
        try {
            database.connect(credentials.user(), credentials.password()).close();
            return true;
        } catch (SQLException refused) {
            assertThat(refused.getErrorCode()).isEqualTo(1045);
            return false;
        }
    }

    /** The number of pod logins that the database rejected. */
    public long deniedLogins() {
        return logs().stream()
                .flatMap(file -> read(file).lines())
                .filter(line -> line.contains("MySQL error 1045"))
                .count();
    }

    /** The number of answered visits that are not in the database after waiting up to 30 seconds for them. */
    public long lostVisits(SteadyLoad load) {
        long answered = load.answered.sum();
        long deadline = System.nanoTime() + STORE_TIMEOUT.toNanos();
        while (storedVisits(load.network()) < answered && System.nanoTime() < deadline) {
            PollInterval.sleep("the visits are stored");
        }
        return answered - storedVisits(load.network());
    }

    /** The durations of the latest reconciliations, without the cold start, in ascending order. */
    List<Duration> reconcileDurations() {
        return rotation.function().reconcileDurations().stream().sorted().toList();
    }

    /** The highest peak memory of the rotation function's processes. */
    public long peakMegabytes() {
        return rotation.function().startProcesses().stream()
                .mapToLong(process -> (long) ProcessMemory.peakMegabytes(process))
                .max()
                .orElseThrow();
    }

    /** Asserts that none of these passwords is in any log, in Slack, or in the rotation function's table. */
    public void assertNotLeaked(String... secrets) {
        String stored = new AwsJsonClient(AwsEnvironment.from(backends.awsEnvironment()))
                .call(
                        AwsJsonClient.Service.DYNAMODB,
                        "Scan",
                        JsonNodeFactory.instance.objectNode().put("TableName", "rotation"))
                .toString();
        assertThat(stored).contains("STARTED").doesNotContain(secrets);
        assertThat(logs()).isNotEmpty();
        for (String secret : secrets) {
            assertThat(logs()).noneMatch(file -> read(file).contains(secret));
            assertThat(publishedText()).doesNotContain(secret);
        }
    }

    @Override
    public void close() {
        rotation.close();
        backends.close();
    }

    private List<WorkspaceMessage> messages() {
        return backends.workspace().messages(RotationSandbox.PLATFORM_CHANNEL);
    }

    private List<Path> logs() {
        try (var files = Files.walk(home)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The number of stored visits from callers in this IPv6 network. */
    private long storedVisits(String network) {
        try (var connection = database.connectAsAdministrator();
                var query = connection.prepareStatement(
                        "SELECT COALESCE(SUM(visits), 0) FROM visit WHERE LEFT(address, 8) = LEFT(?, 8)")) {
            query.setBytes(1, InetAddress.ofLiteral(network + "::").getAddress());
            var result = query.executeQuery();
            result.next();
            return result.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
