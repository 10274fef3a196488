package io.reverser.access.command.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.command.CommandFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that every request that Slack did not send is rejected, without a reason in the response. */
class SlackAuthenticatorTest {

    private static final String BODY = CommandFixture.commandBody("U0ADA", "whoami", "trigger");

    private static CommandFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new CommandFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void acceptsRequestsThatSlackSigned() {
        assertThat(fixture.handle(genuine()).body()).contains("You are Ada");
    }

    /** Prevents a bug of another tool (sso-elevator#194): the event's field {@code isBase64Encoded} was ignored. */
    @Test
    void decodesBase64Bodies() {
        ObjectNode event = genuine();
        event.put("isBase64Encoded", true)
                .put("body", Base64.getEncoder().encodeToString(BODY.getBytes(StandardCharsets.UTF_8)));
        assertThat(fixture.handle(event).body()).contains("You are Ada");
    }

    /** The signature verifier that Slack provides accepts every timestamp in the future; this function does not. */
    @ParameterizedTest
    @CsvSource({"-301, 401", "-299, 200", "299, 200", "301, 401", "86400, 401"})
    void acceptsTimestampsWithinFiveMinutes(long seconds, int status) {
        String timestamp = Long.toString(fixture.now().getEpochSecond() + seconds);
        assertThat(fixture.handle(CommandFixture.event(BODY, timestamp, CommandFixture.SECRET))
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "x-slack-signature, ''",
        "x-slack-signature, v0=00",
        "x-slack-signature, v1=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        "x-slack-request-timestamp, ''",
        "x-slack-request-timestamp, soon",
        "x-slack-request-timestamp, -1",
        "x-slack-request-timestamp, 99999999999999999999",
        "x-slack-request-timestamp, 1e9"
    })
    void rejectsInvalidSignatures(String header, String value) {
        ObjectNode event = genuine();
        ((ObjectNode) event.path("headers")).put(header, value);
        assertThat(fixture.handle(event)).isEqualTo(ApiGatewayResponse.error(401));
        ((ObjectNode) event.path("headers")).remove(header);
        assertThat(fixture.handle(event)).isEqualTo(ApiGatewayResponse.error(401));
    }

    @Test
    void rejectsAnotherSecretOrBody() {
        String timestamp = Long.toString(fixture.now().getEpochSecond());
        assertThat(fixture.handle(CommandFixture.event(BODY, timestamp, "guessed"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(fixture.handle(genuine().put("body", BODY + "&user_id=U0EVE"))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"T0TEAM, T0OTHER", "A0APP, A0OTHER"})
    void rejectsOtherWorkspacesAndApps(String ours, String theirs) {
        assertThat(fixture.handle(BODY.replace(ours, theirs)).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "payload=",
        "payload=%7B",
        "payload=%5B%5D",
        "text=list",
        "payload=%7B%22type%22:%22block_actions%22%7D"
    })
    void rejectsUnreadableRequests(String body) {
        assertThat(fixture.handle(body).statusCode()).isIn(200, 400);
        assertThat(fixture.handle(body).body()).isEmpty();
    }

    @Test
    void rejectsOtherMethodsAndHugeBodies() {
        ObjectNode get = genuine();
        ((ObjectNode) get.path("requestContext").path("http")).put("method", "GET");
        assertThat(fixture.handle(get).statusCode()).isEqualTo(405);
        assertThat(fixture.handle("text=" + "x".repeat(300_000)).statusCode()).isEqualTo(413);
        assertThat(fixture.handle(genuine().put("isBase64Encoded", true).put("body", "*"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void answersTheCertificateCheck() {
        assertThat(fixture.handle("ssl_check=1&token=x")).isEqualTo(ApiGatewayResponse.EMPTY);
    }

    /**
     * After a rotation of the signing secret, the function reads the secret again, but not for every forged request.
     */
    @Test
    void rereadsAReplacedSecretAtALimitedRate() {
        try (var other = new CommandFixture()) {
            other.handle(genuine());
            other.aws.secretsManager().putSecret("slack", "{\"bot_token\":\"xoxb-test\",\"signing_secret\":\"new\"}");
            other.aws.clock().move(Duration.ofSeconds(31));
            String timestamp = Long.toString(other.now().getEpochSecond());
            assertThat(other.handle(CommandFixture.event(BODY, timestamp, "new"))
                            .statusCode())
                    .isEqualTo(200);
            other.aws.faults().clearCalls();
            for (int i = 0; i < 100; i++) {
                other.handle(CommandFixture.event(BODY, timestamp, "guess" + i));
            }
            assertThat(other.aws.faults().calls()).doesNotContain("SecretsManager.GetSecretValue");
        }
    }

    private static ObjectNode genuine() {
        return CommandFixture.event(BODY, Long.toString(fixture.now().getEpochSecond()), CommandFixture.SECRET);
    }
}
