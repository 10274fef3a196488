package io.reverser.slack.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What Slack and this app know of each other.
 *
 * @param botToken shows Slack that it is us
 * @param signingSecret shows us that it is Slack
 */
public record SlackCredentials(String botToken, String signingSecret) {

    /**
     * Reads the secret, a JSON object.
     *
     * @throws IllegalStateException that says what the secret lacks, and does not show it
     */
    public static SlackCredentials parse(String secret) {
        JsonNode values = parseJson(secret);
        return new SlackCredentials(requiredValue(values, "bot_token"), requiredValue(values, "signing_secret"));
    }

    @Override
    public String toString() {
        return "SlackCredentials[hidden]";
    }

    private static String requiredValue(JsonNode values, String key) {
        String value = values.path(key).asText("");
        if (value.isBlank()) {
            throw new IllegalStateException(
                    "Slack's secret has no " + key + "; it is a JSON object with bot_token and signing_secret");
        }
        return value.strip();
    }

    private static JsonNode parseJson(String secret) {
        try {
            return new ObjectMapper().readTree(secret);
        } catch (JsonProcessingException quotesTheSecret) {
            return MissingNode.getInstance();
        }
    }
}
