package io.reverser.slack.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.slack.message.SlackView;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A client for the two calls that the app makes while Slack waits for a response: opening a modal, and posting an
 * ephemeral reply. It does not use Slack's client library, which would take too long to load in a cold start.
 */
public final class MinimalSlackClient {

    private static final int TIMEOUT_MS = 1500;

    private final URI api;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Creates the client without calling Slack.
     *
     * @param api the base URL of Slack's Web API, such as {@code https://slack.com/api/}
     */
    public MinimalSlackClient(URI api) {
        this.api = api;
    }

    /**
     * Opens a modal for the user whose action has this trigger ID.
     *
     * @return {@code ok}, or the reason for the failure: Slack's error code, such as {@code expired_trigger_id}, an
     *     HTTP status, or the name of an exception
     */
    public String openView(String triggerId, SlackView view, SlackCredentials credentials) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("trigger_id", triggerId);
        body.set("view", view.toJson());
        return post(api.resolve("views.open"), body, "Bearer " + credentials.botToken());
    }

    /**
     * Posts an ephemeral reply to a response URL. Only the user who clicked sees the reply, in the channel with the
     * button.
     */
    public String respondEphemeral(URI responseUrl, String text) {
        return post(
                responseUrl,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("response_type", "ephemeral")
                        .put("replace_original", false)
                        .put("text", text),
                "");
    }

    private String post(URI to, ObjectNode body, String authorization) {
        try {
            var connection = (HttpURLConnection) to.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setInstanceFollowRedirects(false);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
            if (!authorization.isEmpty()) {
                connection.setRequestProperty("Authorization", authorization);
            }
            connection.getOutputStream().write(json.writeValueAsBytes(body));
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return "HTTP " + connection.getResponseCode();
            }
            try (var response = connection.getInputStream()) {
                return parseOutcome(new String(response.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            return failure.getClass().getSimpleName();
        }
    }

    /** Returns {@code ok} or an error code. Slack's Web API responds with JSON, a response URL with plain text. */
    private String parseOutcome(String response) throws IOException {
        if (!response.startsWith("{")) {
            return response;
        }
        JsonNode outcome = json.readTree(response);
        return outcome.path("ok").asBoolean() ? "ok" : outcome.path("error").asText("unknown_error");
    }
}
