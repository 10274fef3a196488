package io.reverser.runner.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** By which the reverser is let into its database. */
public record ReverserCredentials(String user, String password) {

    private static final int FINGERPRINT_BYTES = 2;

    /** The one in a secret. */
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

    /** Tells passwords apart without telling them. */
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
