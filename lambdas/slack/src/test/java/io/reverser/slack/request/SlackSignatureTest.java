package io.reverser.slack.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.slack.request.SlackSignature.SignatureError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlackSignatureTest {

    /** The signing secret, and below the signed request, of the example in Slack's documentation. */
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    private static final String TIMESTAMP = "1531420618";
    private static final String BODY = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
            + "%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    private static final String SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private static final Instant THEN = Instant.ofEpochSecond(1531420618);

    @Test
    void computesTheExampleOfTheDocumentation() {
        assertThat(SlackSignature.sign(SECRET, TIMESTAMP, bytes(BODY))).isEqualTo(SIGNATURE);
        assertThat(SlackSignature.verify(request(SIGNATURE, TIMESTAMP, BODY), SECRET, THEN))
                .isEmpty();
    }

    @Test
    void rejectsOtherSpellingsOfTheSignature() {
        assertThat(SlackSignature.verify(request(SIGNATURE.toUpperCase(Locale.ROOT), TIMESTAMP, BODY), SECRET, THEN))
                .contains(SignatureError.MISMATCH);
        assertThat(SlackSignature.verify(request(SIGNATURE + " ", TIMESTAMP, BODY), SECRET, THEN))
                .contains(SignatureError.MISMATCH);
        assertThat(SlackSignature.verify(request(SIGNATURE.substring(0, 20), TIMESTAMP, BODY), SECRET, THEN))
                .contains(SignatureError.MISMATCH);
    }

    @Test
    void rejectsAnotherTimestampForTheSameBody() {
        assertThat(SlackSignature.verify(request(SIGNATURE, "1531420619", BODY), SECRET, THEN))
                .contains(SignatureError.MISMATCH);
        assertThat(SlackSignature.verify(request(SIGNATURE, TIMESTAMP, BODY), SECRET, THEN.plusSeconds(301)))
                .contains(SignatureError.TIMESTAMP_OUT_OF_RANGE);
        assertThat(SlackSignature.verify(request(SIGNATURE, TIMESTAMP, BODY), SECRET, THEN.minusSeconds(301)))
                .contains(SignatureError.TIMESTAMP_OUT_OF_RANGE);
    }

    private static ApiGatewayRequest request(String signature, String timestamp, String body) {
        return new ApiGatewayRequest(
                "POST", Map.of("x-slack-signature", signature, "x-slack-request-timestamp", timestamp), bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
