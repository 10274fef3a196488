package io.reverser.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import io.reverser.simulators.database.MariaDbServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how the packaged reverser reads its settings from environment variables. */
class SettingsIT {

    private static final Path LOG = ItFolder.PATH.resolve("settings.log");
    private static MariaDbServer database;

    @BeforeAll
    static void startDatabase() {
        database = MariaDbServer.start(ItFolder.PATH.resolve("mariadb"));
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pa$$word", "${not.a.setting}", "back\\slash", "a,b c", "q\"uo'te", "ünïcode", "#hash%20&?/:@"})
    void acceptsAnyPassword(String password) throws Exception {
        createAccount(password);
        try (var reverser = start(Map.of("MYSQL_USER", "other", "MYSQL_PASSWORD", password))) {
            await().until(() ->
                    ReverserClient.of(reverser).database().toString().contains("\"available\""));
        }
    }

    @Test
    void trustsForwardedWhenConfigured() throws Exception {
        try (var reverser = start(Map.of("REVERSER_CALLER_HEADER", "forwarded"))) {
            var client = ReverserClient.of(reverser);
            var request = HttpRequest.newBuilder(URI.create(reverser.ports().httpAddress() + "/ip"))
                    .header("X-Forwarded-For", "6.6.6.6")
                    .header("Forwarded", "for=7.7.7.7;proto=http, for=\"[2001:db8::7]:4711\";by=10.0.0.1")
                    .build();
            assertThat(client.http().send(request, BodyHandlers.ofString()).body())
                    .isEqualTo("2001:db8::7\n");
        }
    }

    @Test
    void ignoresEveryHeaderOfAnUntrustedPeer() throws Exception {
        try (var reverser = start(Map.of("REVERSER_CALLER_TRUSTED_PROXIES", "10.0.0.0/16"))) {
            assertThat(ReverserClient.of(reverser).get("203.0.113.7", "*/*").body())
                    .startsWith("127.0.0.1\n");
        }
    }

    @Test
    void logsOneJsonObjectALineInProduction() throws Exception {
        start(Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true")).close();
        assertThat(Files.readAllLines(LOG)).isNotEmpty().allSatisfy(line -> {
            assertThat(JsonParser.parseString(line).getAsJsonObject().keySet())
                    .contains("timestamp", "level", "message");
        });
    }

    @Test
    void exitsWithTheReasonWhenAProxyRangeIsWrong() {
        assertThatThrownBy(() -> start(Map.of("REVERSER_CALLER_TRUSTED_PROXIES", "10.0.0.1/16")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("did you mean 10.0.0.0/16?");
    }

    @Test
    void namesTheMissingSetting() {
        var environment = new HashMap<>(database.environment());
        environment.remove("MYSQL_HOST");
        assertThatThrownBy(() -> TrainedReverser.start(environment, LOG))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("MYSQL_HOST");
    }

    private static RunningReverser start(Map<String, String> settings) {
        var environment = new HashMap<>(database.environment());
        environment.putAll(settings);
        return TrainedReverser.start(environment, LOG);
    }

    private static void createAccount(String password) throws Exception {
        try (var connection = database.connectAsAdministrator();
                var create = connection.prepareStatement("CREATE OR REPLACE USER other@'127.0.0.1' IDENTIFIED BY ?");
                var grant = connection.prepareStatement("GRANT ALL ON reverser.* TO other@'127.0.0.1'")) {
            create.setString(1, password);
            create.execute();
            grant.execute();
        }
    }
}
