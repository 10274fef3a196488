package io.reverser.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reverser.rotation.plan.Strategy;
import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.DatabaseServers;
import io.reverser.simulators.EmbeddedDatabase;
import io.reverser.simulators.MySql;
import io.reverser.simulators.TestAuthority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The database password changes under load, and nobody notices: the packaged function, real databases, real pods. */
class RotationIT {

    private static final Duration WHOLE = Duration.ofSeconds(60);
    private static final List<String> TABLE = new ArrayList<>();

    private static List<DatabaseServer> databases;

    @BeforeAll
    static void startDatabases() {
        databases = DatabaseServers.start(ItFolder.PATH, TestAuthority.create(ItFolder.PATH.resolve("authority")));
        TABLE.add("%-34s %8s %6s %7s %5s %8s %7s %6s"
                .formatted("rotation", "requests", "failed", "refused", "lost", "took", "look", "memory"));
    }

    @AfterAll
    static void stopDatabases() {
        TABLE.forEach(System.out::println);
        databases.forEach(DatabaseServer::close);
    }

    record Way(Strategy strategy, DatabaseServer database) {

        @Override
        public String toString() {
            return strategy.text() + " on " + database.name();
        }
    }

    static Stream<Way> ways() {
        Stream<Way> twoPasswords = databases.stream()
                .filter(MySql.class::isInstance)
                .map(database -> new Way(Strategy.DUAL_PASSWORD, database));
        Stream<Way> twoUsers = databases.stream().map(database -> new Way(Strategy.ALTERNATING_USERS, database));
        return Stream.of(twoPasswords, twoUsers, Stream.of(new Way(Strategy.SINGLE_USER, mariadb())))
                .flatMap(each -> each);
    }

    private static DatabaseServer mariadb() {
        return databases.stream()
                .filter(EmbeddedDatabase.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void changesThePasswordAndNobodyNotices(Way way) throws Exception {
        try (var stage = RotationStage.open(way.database(), way.strategy())) {
            Login before = stage.rotation().secret().current();
            var load = stage.load();
            Duration took;
            try (load) {
                Thread.sleep(Duration.ofSeconds(2));
                long begun = System.nanoTime();
                stage.rotation().openWindow();
                stage.awaitStory("has changed", WHOLE.multipliedBy(2));
                took = Duration.ofNanos(System.nanoTime() - begun);
                Thread.sleep(Duration.ofSeconds(2));
            }
            Login after = stage.rotation().secret().current();
            long lost = stage.lostVisits(load);
            List<Duration> looks = stage.looks();
            tell(way, took, load, stage);
            assertThat(load.failed.sum()).isZero();
            assertThat(took).isLessThan(WHOLE);
            assertThat(looks.get(looks.size() * 9 / 10)).isLessThan(Duration.ofSeconds(2));
            assertThat(stage.megabytes()).isLessThan(512);
            if (way.strategy() != Strategy.SINGLE_USER) {
                assertThat(stage.refusedLogins()).isZero();
                assertThat(lost).isZero();
            }
            assertThat(after).isNotEqualTo(before);
            assertThat(stage.podLogins()).hasSize(3).containsOnly(after);
            assertThat(stage.isLetIn(after)).isTrue();
            assertThat(stage.isLetIn(before)).isFalse();
            assertThat(stage.told()).contains("in all pods", "The password before is not let in any more.");
            stage.assertNobodyTold(before.password(), after.password(), DatabaseServer.ADMINISTRATOR_PASSWORD);
        }
    }

    @Test
    void takesItBackWhenNewPodsDoNotBecomeReady() throws Exception {
        try (var stage = RotationStage.open(mariadb(), Strategy.ALTERNATING_USERS)) {
            Login before = stage.rotation().secret().current();
            var load = stage.load();
            Login rejected;
            try (load) {
                stage.rotation().cluster().pods().tell("REVERSER_CALLER_TRUSTED_PROXIES", "everybody");
                stage.rotation().openWindow();
                await().atMost(WHOLE)
                        .until(() -> stage.rotation().pods().stream()
                                .anyMatch(pod -> pod.state().equals("failing")));
                rejected = stage.rotation().secret().current();
                stage.surroundings().aws().clock().move(Duration.ofMinutes(6));
                stage.awaitStory("is taken back", WHOLE);
                stage.rotation().cluster().pods().untell("REVERSER_CALLER_TRUSTED_PROXIES");
                stage.awaitStory("is as before", WHOLE);
            }
            assertThat(load.failed.sum()).isZero();
            assertThat(stage.refusedLogins()).isZero();
            assertThat(stage.lostVisits(load)).isZero();
            assertThat(rejected).isNotEqualTo(before);
            assertThat(stage.rotation().secret().current()).isEqualTo(before);
            assertThat(stage.podLogins()).hasSize(3).containsOnly(before);
            assertThat(stage.isLetIn(before)).isTrue();
            assertThat(stage.isLetIn(rejected)).isFalse();
            stage.assertNobodyTold(before.password(), rejected.password());
        }
    }

    private static void tell(Way way, Duration took, SteadyLoad load, RotationStage stage) {
        TABLE.add("%-34s %8d %6d %7d %5d %6.1f s %4d ms %3d MB"
                .formatted(
                        way,
                        load.answered.sum(),
                        load.failed.sum(),
                        stage.refusedLogins(),
                        stage.lostVisits(load),
                        took.toMillis() / 1000.0,
                        stage.looks().getLast().toMillis(),
                        stage.megabytes()));
    }
}
