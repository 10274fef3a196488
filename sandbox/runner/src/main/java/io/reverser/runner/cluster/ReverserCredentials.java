package io.reverser.runner.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The reverser's login at its database. */
public record ReverserCredentials(String user, String password) {

    private static final int FINGERPRINT_BYTES = 2;

    /** Parses the value of the secret. */
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

    /** Distinguishes passwords without revealing them. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((user + "\n" + password).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public String toString() {
        return user + " with " + fingerprint();
    }
}
