package io.reverser.runner.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.cluster.ReverserCredentials;
import io.reverser.runner.process.ItFolder;
import io.reverser.runner.process.SteadyLoad;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.database.DatabaseServers;
import io.reverser.simulators.database.MariaDbServer;
import io.reverser.simulators.database.MySqlServer;
import io.reverser.simulators.tls.TestAuthority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rotates the database password under load with the packaged function, real databases and real reversers. No request
 * may fail.
 */
class RotationIT {

    private static final Duration ROTATION_TIMEOUT = Duration.ofSeconds(60);

    /** The number of requests that the load sends before a rotation, and again after it. */
    private static final int ANSWERS_BESIDE_IT = 500;

    private static final List<String> RESULT_ROWS = new ArrayList<>();

    private static List<DatabaseServer> databases;

    private static Optional<World> world = Optional.empty();

    /** The environment of the previous test. The next test reuses the environment if it has the same scenario. */
    private record World(Scenario scenario, RotationFixture fixture) {}

    @BeforeAll
    static void startDatabases() {
        databases = DatabaseServers.startAll(ItFolder.PATH, TestAuthority.create(ItFolder.PATH.resolve("authority")));
        RESULT_ROWS.add("%-34s %8s %6s %7s %5s %8s %7s %6s"
                .formatted("rotation", "requests", "failed", "denied", "lost", "took", "slowest", "memory"));
    }

    @AfterAll
    static void stopDatabases() {
        RESULT_ROWS.forEach(System.out::println);
        end();
        databases.forEach(DatabaseServer::close);
    }

    record Scenario(Strategy strategy, DatabaseServer database) {

        @Override
        public String toString() {
            return strategy.text() + " on " + database.name();
        }
    }

    /**
     * The scenarios to test. By default, one for each strategy that causes no disruption, on one database server that
     * supports it; with {@code -Dfaults=more}, one for each strategy on each server that supports it.
     */
    static Stream<Scenario> ways() {
        if (System.getProperty("faults", "").isEmpty()) {
            return Stream.of(
                    new Scenario(Strategy.DUAL_PASSWORD, databases.getFirst()),
                    new Scenario(Strategy.ALTERNATING_USERS, mariadb()));
        }
        Stream<Scenario> twoPasswords = databases.stream()
                .filter(MySqlServer.class::isInstance)
                .map(database -> new Scenario(Strategy.DUAL_PASSWORD, database));
        Stream<Scenario> twoUsers =
                databases.stream().map(database -> new Scenario(Strategy.ALTERNATING_USERS, database));
        return Stream.of(twoPasswords, twoUsers, Stream.of(new Scenario(Strategy.SINGLE_USER, mariadb())))
                .flatMap(each -> each);
    }

    private static DatabaseServer mariadb() {
        return databases.stream()
                .filter(MariaDbServer.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void rotatesWithoutFailedRequests(Scenario scenario) throws Exception {
        RotationFixture fixture = begin(scenario);
        ReverserCredentials before = fixture.rotation().secret().readCurrent();
        var load = fixture.load();
        Duration took;
        try (load) {
            load.awaitAnswers(ANSWERS_BESIDE_IT);
            long begun = System.nanoTime();
            fixture.rotation().advanceToNextWindow();
            fixture.awaitMessage("has changed", ROTATION_TIMEOUT.multipliedBy(2));
            took = Duration.ofNanos(System.nanoTime() - begun);
            load.awaitAnswers(ANSWERS_BESIDE_IT);
        }
        ReverserCredentials after = fixture.rotation().secret().readCurrent();
        long lost = fixture.lostVisits(load);
        addRow(scenario, took, load, lost, fixture);
        assertThat(load.failed.sum()).isZero();
        assertThat(fixture.peakMegabytes()).isLessThan(512);
        if (scenario.strategy() != Strategy.SINGLE_USER) {
            assertThat(fixture.deniedLogins()).isZero();
            assertThat(lost).isZero();
        }
        assertThat(after).isNotEqualTo(before);
        assertThat(fixture.podCredentials()).hasSize(3).containsOnly(after);
        assertThat(fixture.canLogIn(after)).isTrue();
        assertThat(fixture.canLogIn(before)).isFalse();
        assertThat(fixture.publishedText()).contains("in all pods", "The old password no longer works");
        fixture.assertNotLeaked(before.password(), after.password(), DatabaseServer.ADMINISTRATOR_PASSWORD);
    }

    @Test
    void rollsBackWhenNewPodsDoNotBecomeReady() throws Exception {
        RotationFixture fixture = begin(new Scenario(Strategy.ALTERNATING_USERS, mariadb()));
        ReverserCredentials before = fixture.rotation().secret().readCurrent();
        var load = fixture.load();
        ReverserCredentials rejected;
        try (load) {
            fixture.rotation().cluster().pods().setEnvironment("REVERSER_CALLER_TRUSTED_PROXIES", "everybody");
            fixture.rotation().advanceToNextWindow();
            fixture.awaitFailingPod(ROTATION_TIMEOUT);
            rejected = fixture.rotation().secret().readCurrent();
            fixture.exceedRolloutTimeout(ROTATION_TIMEOUT);
            fixture.awaitMessage("is being rolled back", ROTATION_TIMEOUT);
            fixture.rotation().cluster().pods().unsetEnvironment("REVERSER_CALLER_TRUSTED_PROXIES");
            fixture.awaitMessage("was rolled back", ROTATION_TIMEOUT);
        }
        assertThat(load.failed.sum()).isZero();
        assertThat(fixture.deniedLogins()).isZero();
        assertThat(fixture.lostVisits(load)).isZero();
        assertThat(rejected).isNotEqualTo(before);
        assertThat(fixture.rotation().secret().readCurrent()).isEqualTo(before);
        assertThat(fixture.podCredentials()).hasSize(3).containsOnly(before);
        assertThat(fixture.canLogIn(before)).isTrue();
        assertThat(fixture.canLogIn(rejected)).isFalse();
        fixture.assertNotLeaked(before.password(), rejected.password());
    }

    /**
     * Reuses the environment of the previous test if it has the same scenario, or starts a new one. In both cases,
     * Slack contains no messages.
     */
    private static RotationFixture begin(Scenario scenario) {
        if (world.filter(present -> present.scenario().equals(scenario)).isEmpty()) {
            end();
            world = Optional.of(new World(scenario, RotationFixture.start(scenario.database(), scenario.strategy())));
        }
        RotationFixture fixture = world.orElseThrow().fixture();
        fixture.backends().workspace().clear();
        return fixture;
    }

    private static void end() {
        world.ifPresent(present -> present.fixture().close());
        world = Optional.empty();
    }

    private static void addRow(Scenario scenario, Duration took, SteadyLoad load, long lost, RotationFixture fixture) {
        RESULT_ROWS.add("%-34s %8d %6d %7d %5d %6.1f s %4d ms %3d MB"
                .formatted(
                        scenario,
                        load.answered.sum(),
                        load.failed.sum(),
                        fixture.deniedLogins(),
                        lost,
                        took.toMillis() / 1000.0,
                        fixture.reconcileDurations().getLast().toMillis(),
                        fixture.peakMegabytes()));
    }
}
