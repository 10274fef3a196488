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

/** A rotation's world, and what can be seen of it from outside. */
public record RotationFixture(Path home, DatabaseServer database, SimulatedBackends backends, RotationSandbox rotation)
        implements AutoCloseable {

    private static final Path REPOSITORY = Path.of("..", "..");
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final AtomicInteger LOADS = new AtomicInteger();

    /** Starts it. */
    static RotationFixture start(DatabaseServer database, Strategy strategy) {
        TrainedReverser.inRepository();
        Path home = ItFolder.PATH.resolve("rotation-" + System.nanoTime());
        database.executeAsAdministrator(
                "DROP DATABASE " + DatabaseServer.DATABASE_NAME, "CREATE DATABASE " + DatabaseServer.DATABASE_NAME);
        var backends = SimulatedBackends.start(home);
        var rotation = RotationSandbox.start(REPOSITORY, home, backends, database, strategy, 0);
        return new RotationFixture(home, database, backends, rotation);
    }

    /** From a network of its own, so that its visits can be told from those of others. */
    public SteadyLoad load() {
        return load(PAUSE);
    }

    /**
     * The same.
     *
     * @param pause between two calls of a caller
     */
    public SteadyLoad load(Duration pause) {
        String network = "2001:db8:0:" + Integer.toHexString(LOADS.incrementAndGet());
        return new SteadyLoad(rotation.cluster().port(), network, pause);
    }

    /** Waits for a message in Slack. */
    public void awaitMessage(String text, Duration atMost) {
        try {
            await().atMost(atMost)
                    .until(() -> messages().stream()
                            .anyMatch(message -> message.text().contains(text)));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("Nobody said '" + text + "'. Said was: " + publishedText(), late);
        }
    }

    /** Everything that was said about the password. */
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

    /** Whether the database lets it in. */
    public boolean canLogIn(ReverserCredentials credentials) {
        try {
            database.connect(credentials.user(), credentials.password()).close();
            return true;
        } catch (SQLException refused) {
            assertThat(refused.getErrorCode()).isEqualTo(1045);
            return false;
        }
    }

    /** How many times a pod found that it could not log in. */
    public long deniedLogins() {
        return logs().stream()
                .flatMap(file -> read(file).lines())
                .filter(line -> line.contains("MySQL error 1045"))
                .count();
    }

    /** How many answered visits the database does not have, after it had a moment to get them. */
    public long lostVisits(SteadyLoad load) {
        long answered = load.answered.sum();
        long deadline = System.nanoTime() + STORE_TIMEOUT.toNanos();
        while (storedVisits(load.network()) < answered && System.nanoTime() < deadline) {
            PollInterval.sleep("the visits were stored");
        }
        return answered - storedVisits(load.network());
    }

    /** How long the reconciliations took, once it was warm; the longest comes last. */
    List<Duration> reconcileDurations() {
        return rotation.function().reconcileDurations().stream().sorted().toList();
    }

    /** The most memory that one of the function's processes ever had. */
    public long peakMegabytes() {
        return rotation.function().startProcesses().stream()
                .mapToLong(process -> (long) ProcessMemory.peakMegabytes(process))
                .max()
                .orElseThrow();
    }

    /** None of these is in any log, in Slack, or in what the function wrote down. */
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

    /** Others may call as well. */
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
