package io.reverser.rotation.rotator.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A MySQL user and password. */
public record MySqlCredentials(String user, String password) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Parses the administrator's secret in the format of Amazon RDS, with {@code username} and {@code password}.
     *
     * @throws InvalidSecretException for an invalid secret; the message shows nothing of the secret
     */
    public static MySqlCredentials parse(String json) {
        try {
            JsonNode secret = JSON.readTree(json);
            return new MySqlCredentials(
                    secret.required("username").asText(),
                    secret.required("password").asText());
        } catch (JsonProcessingException | IllegalArgumentException withTheSecretInItsMessage) {
            throw new InvalidSecretException("of the administrator is not a JSON object with username and password");
        }
    }

    @Override
    public String toString() {
        return "MySqlCredentials[" + user + "]";
    }
}
