package io.reverser.awsjsonclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests the signer with examples from AWS's published test suite for Signature Version 4. */
class SigV4SignerTest {

    private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
    private static final String HOST = "example.amazonaws.com";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    @Test
    void signsAPost() {
        assertThat(signature(Map.of("host", HOST), "", Optional.empty()))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                        + "SignedHeaders=host;x-amz-date, "
                        + "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void signsABodyAndItsType() {
        assertThat(signature(
                        Map.of("host", HOST, "content-type", "application/x-www-form-urlencoded"),
                        "Param1=value1",
                        Optional.empty()))
                .endsWith("Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    void signsTheSessionToken() {
        assertThat(signature(Map.of("host", HOST), "", Optional.of("a-token")))
                .contains("SignedHeaders=host;x-amz-date;x-amz-security-token");
    }

    @Test
    void hidesTheSecret() {
        assertThat(signature(Map.of("host", HOST), "", Optional.empty())).doesNotContain(SECRET);
        assertThat(key(Optional.of("a-token")).toString()).doesNotContain(SECRET, "a-token");
    }

    private static String signature(Map<String, String> headers, String body, Optional<String> token) {
        return new SigV4Signer("us-east-1", "service", key(token))
                .sign(headers, body.getBytes(StandardCharsets.UTF_8), NOW)
                .getOrDefault("authorization", "");
    }

    private static AwsCredentialsCache.AccessKey key(Optional<String> token) {
        return new AwsCredentialsCache.AccessKey("AKIDEXAMPLE", SECRET, token);
    }
}
