package io.reverser.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reverser.rotation.plan.Strategy;
import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Starts it, in a time in which no window is open. */
    static RotationStage open(DatabaseServer database, Strategy strategy) {
        Path home = Path.of("target", "it", "rotation-" + System.nanoTime()).toAbsolutePath();
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
        return rotation.cluster().list().stream()
                .flatMap(pod -> pod.container().stream())
                .map(ReverserPod::login)
                .toList();
    }

    /** How many times a pod found that it could not log in. */
    long refusedLogins() {
        return logs().stream()
                .flatMap(file -> read(file).lines())
                .filter(line -> line.contains("MySQL error 1045"))
                .count();
    }

    /** How many answered visits the database does not have; none, when it has a moment, if they are expected to arrive. */
    long lostVisits(SteadyLoad load, boolean areExpected) {
        long answered = load.answered.sum();
        if (areExpected) {
            await().atMost(Duration.ofSeconds(30)).until(() -> storedVisits() >= answered);
        }
        return answered - storedVisits();
    }

    /** The longest that the function looked, once it was warm. */
    Duration longestLook() {
        return rotation.function().took().stream().max(Duration::compareTo).orElseThrow();
    }

    /** The most memory that one of the function's processes ever had. */
    long megabytes() {
        return rotation.function().processes().stream()
                .mapToLong(process -> Memory.most(process))
                .max()
                .orElseThrow();
    }

    /** None of these is in any log, nor in Slack. */
    void assertNobodyTold(String... secrets) {
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

    private long storedVisits() {
        try (var connection = database.connectAsAdministrator();
                var result = connection.createStatement().executeQuery("SELECT COALESCE(SUM(visits), 0) FROM visit")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
