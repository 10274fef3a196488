package io.reverser.simulators.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.HmacSha256;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Simulates how Slack calls an app: sends signed HTTP requests for users' actions, and waits three seconds for each
 * response.
 */
public final class SlackApp implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(3);

    private final Settings settings;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * The identity of a Slack app, and the URLs that Slack and the app exchange.
     *
     * @param requestUrl the app's request URL for all interactions
     * @param responseUrlBase the prefix of the response URLs that Slack sends to the app
     */
    public record Settings(String teamId, String appId, URI requestUrl, String signingSecret, URI responseUrlBase) {}

    /** Creates the simulator for an app. Signatures contain the time of the given clock. */
    public SlackApp(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sends a user's slash command to the app.
     *
     * @return the app's response; a missing node if the response is empty
     */
    public JsonNode sendSlashCommand(String userId, String command, String text) {
        var form = new LinkedHashMap<String, String>();
        form.put("team_id", settings.teamId());
        form.put("api_app_id", settings.appId());
        form.put("user_id", userId);
        form.put("command", command);
        form.put("text", text);
        form.put("channel_id", "C0GENERAL");
        form.put("response_url", settings.responseUrlBase() + UUID.randomUUID().toString());
        form.put("trigger_id", UUID.randomUUID().toString());
        return send(form);
    }

    /** Sends a user's click on a button of a message to the app. */
    public JsonNode clickButton(String userId, WorkspaceMessage message, String action, String value) {
        return clickButton(userId, message.channel(), message.ts(), action, value);
    }

    /** Sends a user's click on a button to the app. The message with the button is given by its timestamp. */
    public JsonNode clickButton(String userId, String channel, String ts, String action, String value) {
        ObjectNode payload = payload("block_actions", userId)
                .put(
                        "response_url",
                        settings.responseUrlBase() + UUID.randomUUID().toString());
        payload.putObject("container")
                .put("type", "message")
                .put("message_ts", ts)
                .put("channel_id", channel);
        payload.putArray("actions")
                .addObject()
                .put("type", "button")
                .put("action_id", action)
                .put("value", value)
                .put("action_ts", timestamp());
        return send(Map.of("payload", payload.toString()));
    }

    /** Sends a user's submission of a modal to the app. */
    public JsonNode submitModal(String userId, JsonNode view, Map<String, String> values) {
        ObjectNode payload = payload("view_submission", userId);
        ObjectNode sent = payload.putObject("view")
                .put("id", "V" + UUID.randomUUID())
                .put("hash", UUID.randomUUID().toString())
                .put("callback_id", view.path("callback_id").asText())
                .put("private_metadata", view.path("private_metadata").asText());
        ObjectNode state = sent.putObject("state").putObject("values");
        for (JsonNode block : view.path("blocks")) {
            String value = values.get(block.path("block_id").asText());
            if (value != null) {
                JsonNode element = block.path("element");
                ObjectNode input = state.putObject(block.path("block_id").asText())
                        .putObject(element.path("action_id").asText())
                        .put("type", element.path("type").asText());
                if (element.path("type").asText().equals("static_select")) {
                    input.putObject("selected_option").put("value", value);
                } else {
                    input.put("value", value);
                }
            }
        }
        return send(Map.of("payload", payload.toString()));
    }

    @Override
    public void close() {
        http.close();
    }

    private ObjectNode payload(String type, String userId) {
        ObjectNode payload = JSON.createObjectNode()
                .put("type", type)
                .put("api_app_id", settings.appId())
                .put("trigger_id", UUID.randomUUID().toString());
        payload.putObject("team").put("id", settings.teamId());
        payload.putObject("user").put("id", userId).put("team_id", settings.teamId());
        return payload;
    }

    private JsonNode send(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        var request = HttpRequest.newBuilder(settings.requestUrl())
                .timeout(RESPONSE_TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", signature(timestamp, body))
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        "dispatch_failed: the app responded with HTTP " + response.statusCode());
            }
            return response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException("operation_timeout: the app did not respond", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String signature(String timestamp, String body) {
        byte[] key = settings.signingSecret().getBytes(StandardCharsets.UTF_8);
        return "v0=" + HexFormat.of().formatHex(HmacSha256.sign(key, "v0:" + timestamp + ":" + body));
    }

    private String timestamp() {
        Instant now = clock.instant();
        return "%d.%06d".formatted(now.getEpochSecond(), now.getNano() / 1000);
    }
}
