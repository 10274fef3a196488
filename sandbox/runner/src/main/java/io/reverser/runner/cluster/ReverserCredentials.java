package io.reverser.runner.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.runtime.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The reverser's user and password at the database. */
public record ReverserCredentials(String user, String password) {

    private static final int FINGERPRINT_BYTES = 2;

    /** Parses the value of the secret with the reverser's credentials. */
    public static ReverserCredentials parse(String secret) {
        try {
            JsonNode json = new ObjectMapper().readTree(secret);
            return new ReverserCredentials(
                    json.path("MYSQL_USER").asText(),
                    json.path("MYSQL_PASSWORD").asText());
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("The secret is not JSON");
        }
    }

    /** A short hash of the user and the password, which distinguishes passwords without revealing them. */
    public String fingerprint() {
        byte[] hash = Sha256.hash((user + "\n" + password).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    }

    @Override
    public String toString() {
        return user + " with " + fingerprint();
    }
}
