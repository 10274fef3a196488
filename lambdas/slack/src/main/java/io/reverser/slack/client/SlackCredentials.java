package io.reverser.slack.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * The credentials that Slack and this app share.
 *
 * @param botToken the token that authenticates the app to Slack
 * @param signingSecret the key of the signature that authenticates Slack to the app
 */
public record SlackCredentials(String botToken, String signingSecret) {

    /**
     * Parses the secret, a JSON object.
     *
     * @throws IllegalStateException if a key is missing; the message names the key without showing the secret
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
                    "Slack's secret has no " + key + "; it must be a JSON object with bot_token and signing_secret");
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
