package io.reverser.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.reverser.simulators.database.MariaDbServer;
import io.reverser.simulators.fault.TcpFaultProxy;
import io.reverser.simulators.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the packaged reverser with a real database that stops, hangs, loses replies and recovers. */
class DatabaseOutageIT {

    private static final Path LOG = ItFolder.PATH.resolve("database-outage.log");

    /**
     * The number of requests in about two seconds of load, which is long enough for all of the reverser's tasks that
     * run once a second.
     */
    private static final int ENOUGH_ANSWERS = 1000;

    private static MariaDbServer database;

    private TcpFaultProxy proxy;

    @BeforeAll
    static void startDatabase() {
        database = MariaDbServer.start(ItFolder.PATH.resolve("mariadb"));
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void connect() {
        database.dropAllTables();
        proxy = TcpFaultProxy.to(database.port());
    }

    @AfterEach
    void disconnect() {
        proxy.close();
    }

    @Test
    void startsWithoutTheDatabaseAndStoresVisitsLater() throws Exception {
        proxy.disconnect();
        try (var reverser = start(Map.of())) {
            var client = ReverserClient.of(reverser);
            JsonObject answer = client.json("203.0.113.7");
            assertThat(answer.get("reversed").getAsString()).isEqualTo("7.113.0.203");
            assertThat(answer.get("visits").isJsonNull()).isTrue();
            assertThat(client.get("203.0.113.7", "text/html").body()).contains("currently unknown");
            assertThat(client.database().toString())
                    .contains("\"status\":\"UP\"", "\"state\":\"unavailable\"", "reason");
            assertThat(client.management("/q/metrics").body()).contains("\nreverser_database_up 0.0");

            proxy.restore();
            await().until(() -> storedVisits() == 2);
            await().until(() -> client.json("203.0.113.7").get("visits").isJsonObject());
            assertThat(client.database().toString()).contains("\"state\":\"available\"");
        }
    }

    @Test
    void losesNoVisitInAnOutageUnderLoad() throws Exception {
        try (var reverser = start(Map.of())) {
            var load = new SteadyLoad(reverser, "2001:db8:0:1");
            try (load) {
                load.awaitAnswers(ENOUGH_ANSWERS);
                database.stop();
                load.awaitAnswers(ENOUGH_ANSWERS);
                database.restart();
                load.awaitAnswers(ENOUGH_ANSWERS);
            }
            assertThat(load.failed.sum()).isZero();
            awaitAllOf(load, Duration.ofSeconds(60));
        }
    }

    @Test
    void countsABatchOnceWhenTheReplyToItsCommitIsLost() throws Exception {
        try (var reverser = start(Map.of())) {
            await().until(() ->
                    ReverserClient.of(reverser).database().toString().contains("\"available\""));
            var load = new SteadyLoad(reverser, "2001:db8:0:2");
            try (load) {
                for (int loss = 0; loss < 3; loss++) {
                    proxy.dropResponseTo("COMMIT");
                    await().until(proxy::isResponseDropped);
                }
            }
            awaitAllOf(load, Duration.ofSeconds(30));
            Thread.sleep(2500);
            assertThat(storedVisits()).isEqualTo(load.answered.sum());
        }
    }

    @Test
    void answersWithoutDelayWhileTheDatabaseIsSlow() throws Exception {
        try (var reverser = start(Map.of())) {
            var client = ReverserClient.of(reverser);
            await().until(() -> client.json("203.0.113.7").get("visits").isJsonObject());
            proxy.delayResponses(Duration.ofSeconds(4));
            long start = System.nanoTime();
            assertThat(client.json("203.0.113.7").get("visits").isJsonNull()).isTrue();
            assertThat(client.get("203.0.113.7", "*/*").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            proxy.restore();
        }
    }

    /**
     * As in a failover, the old database server disappears without closing its connections, and these
     * connections receive nothing more.
     */
    @Test
    void discardsConnectionsThatHang() throws Exception {
        try (var reverser = start(Map.of(
                "REVERSER_DATABASE_IDLE_TIMEOUT", "3s",
                "REVERSER_VISITS_WRITE_TIMEOUT", "1s",
                "REVERSER_VISITS_MAX_RETRY_DELAY", "2s"))) {
            var client = ReverserClient.of(reverser);
            await().until(() -> client.json("203.0.113.7").get("visits").isJsonObject());
            proxy.delayResponses(Duration.ofHours(1));
            client.json("203.0.113.7");
            await().until(() -> client.database().toString().contains("\"unavailable\""));
            proxy.restore();
            await().until(() -> client.json("203.0.113.7").get("visits").isJsonObject());
        }
    }

    @Test
    void dropsVisitsOnlyOverTheLimitAndCountsThem() throws Exception {
        proxy.disconnect();
        try (var reverser = start(Map.of("REVERSER_VISITS_UNSAVED_LIMIT", "100"))) {
            var client = ReverserClient.of(reverser);
            for (int round = 0; round < 2; round++) {
                for (int i = 1; i <= 150; i++) {
                    assertThat(client.get("203.0.113." + i, "*/*").statusCode()).isEqualTo(200);
                }
            }
            assertThat(client.management("/q/metrics").body())
                    .contains("\nreverser_visits_unsaved_addresses 100.0")
                    .contains("\nreverser_visits_dropped_total 100.0");
            proxy.restore();
            await().until(() -> storedVisits() == 200);
        }
    }

    @Test
    void recreatesMissingTables() throws Exception {
        try (var reverser = start(Map.of())) {
            var client = ReverserClient.of(reverser);
            await().until(() -> client.json("203.0.113.7").get("visits").isJsonObject());
            database.dropAllTables();
            client.get("203.0.113.8", "*/*");
            await().until(() -> storedVisits() > 0);
        }
    }

    @Test
    void storesTheLastVisitsOnShutdownUnderLoad() throws Exception {
        SteadyLoad load;
        try (var reverser = start(Map.of())) {
            await().until(() ->
                    ReverserClient.of(reverser).database().toString().contains("\"available\""));
            load = new SteadyLoad(reverser, "2001:db8:0:3");
            load.awaitAnswers(ENOUGH_ANSWERS);
            assertThat(reverser.stop()).isEqualTo(128 + 15);
        }
        load.close();
        assertThat(storedVisits()).isBetween(load.answered.sum(), load.answered.sum() + load.failed.sum());
    }

    @Test
    void logsLostVisitsOnShutdownWithoutTheDatabase() throws Exception {
        try (var reverser = start(Map.of("REVERSER_VISITS_SHUTDOWN_FLUSH_TIMEOUT", "1s"))) {
            await().until(() ->
                    ReverserClient.of(reverser).database().toString().contains("\"available\""));
            proxy.disconnect();
            ReverserClient.of(reverser).get("203.0.113.7", "*/*");
        }
        assertThat(LOG).content().contains("Stopped before the visits of 1 addresses were stored");
    }

    @Test
    void reportsAWrongPasswordWithoutLoggingIt() throws Exception {
        try (var reverser = start(Map.of("MYSQL_PASSWORD", "not-the-right-one"))) {
            await().until(() ->
                    ReverserClient.of(reverser).database().toString().contains("Access denied"));
            assertThat(ReverserClient.of(reverser).management("/q/health").body())
                    .doesNotContain("not-the-right-one");
            assertThat(ReverserClient.of(reverser).get("203.0.113.7", "*/*").statusCode())
                    .isEqualTo(200);
        }
        assertThat(LOG).content().contains("Access denied").doesNotContain("not-the-right-one");
    }

    @Test
    void rejectsADatabaseWithAnUnverifiableCertificate() throws Exception {
        Path folder = ItFolder.PATH.resolve("stranger");
        try (var stranger = MariaDbServer.start(folder, TestAuthority.create(folder.resolve("authority")));
                var reverser =
                        start(Map.of("MYSQL_PORT", String.valueOf(stranger.port()), "MYSQL_TLS", "verify-identity"))) {
            await().until(() ->
                    ReverserClient.of(reverser).database().toString().contains("PKIX"));
            assertThat(ReverserClient.of(reverser)
                            .json("203.0.113.7")
                            .get("visits")
                            .isJsonNull())
                    .isTrue();
        }
    }

    /** Waits until all visits whose requests were answered are stored exactly once. */
    private static void awaitAllOf(SteadyLoad load, Duration atMost) {
        await().atMost(atMost).untilAsserted(() -> assertThat(storedVisits()).isEqualTo(load.answered.sum()));
    }

    private RunningReverser start(Map<String, String> settings) throws Exception {
        Files.createDirectories(LOG.getParent());
        var environment = new HashMap<>(MariaDbServer.environment(proxy.port()));
        environment.put("REVERSER_VISITS_SHUTDOWN_FLUSH_TIMEOUT", "2s");
        environment.putAll(settings);
        return TrainedReverser.start(environment, LOG);
    }

    /** The number of visits in the database; 0 while the database is unavailable or has no tables yet. */
    private static long storedVisits() {
        try (var connection = database.connect();
                var result = connection.createStatement().executeQuery("SELECT COALESCE(SUM(visits), 0) FROM visit")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException awayOrEmpty) {
            return 0;
        }
    }
}
