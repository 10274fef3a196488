package io.reverser.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.rotation.plan.Strategy;
import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** A rotation's world, and what can be seen of it from outside. */
record RotationStage(Path home, DatabaseServer database, AccessSurroundings surroundings, RotationSandbox rotation)
        implements AutoCloseable {

    private static final Path REPOSITORY = Path.of("..", "..");
    private static final Duration TO_STORE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Starts it. */
    static RotationStage open(DatabaseServer database, Strategy strategy) {
        Path home = ItFolder.PATH.resolve("rotation-" + System.nanoTime());
        database.administer("DROP DATABASE " + DatabaseServer.NAME, "CREATE DATABASE " + DatabaseServer.NAME);
        var surroundings = AccessSurroundings.start(home);
        var choice = new RotationSandbox.Choice(database, strategy, 0);
        var rotation = RotationSandbox.start(REPOSITORY, home, surroundings, choice);
        return new RotationStage(home, database, surroundings, rotation);
    }

    SteadyLoad load() {
        return new SteadyLoad(rotation.cluster().port(), "2001:db8:0:1", PAUSE);
    }

    /** Waits for a message in Slack. */
    void awaitStory(String text, Duration atMost) {
        try {
            await().atMost(atMost)
                    .until(() -> messages().stream()
                            .anyMatch(message -> message.text().contains(text)));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("Nobody said '" + text + "'. Said was: " + told(), late);
        }
    }

    /** Everything that was said about the password. */
    String told() {
        return messages().stream()
                .map(message -> message.text() + message.blocks() + message.content())
                .collect(Collectors.joining("\n"));
    }

    List<Login> podLogins() {
        return rotation.pods().stream().flatMap(pod -> pod.login().stream()).toList();
    }

    /** Whether the database lets it in. */
    boolean isLetIn(Login login) {
        try {
            database.connect(login.user(), login.password()).close();
            return true;
        } catch (SQLException refused) {
            assertThat(refused.getErrorCode()).isEqualTo(1045);
            return false;
        }
    }

    /** How many times a pod found that it could not log in. */
    long refusedLogins() {
        return logs().stream()
                .flatMap(file -> read(file).lines())
                .filter(line -> line.contains("MySQL error 1045"))
                .count();
    }

    /** How many answered visits the database does not have, after it had a moment to get them. */
    long lostVisits(SteadyLoad load) {
        long answered = load.answered.sum();
        long deadline = System.nanoTime() + TO_STORE.toNanos();
        while (storedVisits(load.network()) < answered && System.nanoTime() < deadline) {
            Pause.briefly("the visits were stored");
        }
        return answered - storedVisits(load.network());
    }

    /** How long the function looked, once it was warm; the longest comes last. */
    List<Duration> looks() {
        return rotation.function().took().stream().sorted().toList();
    }

    /** The most memory that one of the function's processes ever had. */
    long megabytes() {
        return rotation.function().processes().stream()
                .mapToLong(process -> Memory.most(process))
                .max()
                .orElseThrow();
    }

    /** None of these is in any log, in Slack, or in what the function wrote down. */
    void assertNobodyTold(String... secrets) {
        String noted = new AwsApi(AwsSettings.from(surroundings.place()))
                .call(
                        AwsApi.Service.DYNAMODB,
                        "Scan",
                        JsonNodeFactory.instance.objectNode().put("TableName", "rotation"))
                .toString();
        assertThat(noted).contains("BEGUN").doesNotContain(secrets);
        assertThat(logs()).isNotEmpty();
        for (String secret : secrets) {
            assertThat(logs()).noneMatch(file -> read(file).contains(secret));
            assertThat(told()).doesNotContain(secret);
        }
    }

    @Override
    public void close() {
        rotation.close();
        surroundings.close();
    }

    private List<Posted> messages() {
        return surroundings.workspace().messages(RotationSandbox.PLATFORM);
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
