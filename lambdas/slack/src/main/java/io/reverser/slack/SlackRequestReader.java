package io.reverser.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.slack.SlackRequest.Click;
import io.reverser.slack.SlackRequest.Message;
import io.reverser.slack.SlackRequest.Sender;
import io.reverser.slack.SlackRequest.SlashCommand;
import io.reverser.slack.SlackRequest.Submission;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads the body of a verified request: a form with the fields of a slash command, or with one field {@code payload} that
 * is JSON.
 *
 * @see <a href="https://docs.slack.dev/interactivity/implementing-slash-commands">Slash commands</a>
 * @see <a href="https://docs.slack.dev/reference/interaction-payloads">Interaction payloads</a>
 */
public final class SlackRequestReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Slack's names of things, and ours: they become keys in tables, where much else would not fit. */
    private static final Pattern ID = Pattern.compile("[!-~]{1,255}");

    /** Characters; more than anybody types, and less than a table's row takes however it is written down. */
    private static final int LONGEST_TEXT = 16_000;

    /** No keyboard writes them, and in JSON they are six times as long. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    private SlackRequestReader() {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException that says what is missing; does not quote the body
     */
    public static SlackRequest read(byte[] body) {
        Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
        if (form.containsKey("ssl_check")) {
            return new SlackRequest.CertificateCheck();
        }
        String payload = form.get("payload");
        return payload == null ? command(form) : interaction(json(payload));
    }

    private static SlashCommand command(Map<String, String> form) {
        var sender = new Sender(field(form, "user_id"), field(form, "team_id"), field(form, "api_app_id"));
        return new SlashCommand(
                sender,
                field(form, "command"),
                typed(form.getOrDefault("text", "")),
                field(form, "channel_id"),
                field(form, "trigger_id"));
    }

    private static SlackRequest interaction(JsonNode payload) {
        return switch (payload.path("type").asText()) {
            case "block_actions" -> click(payload);
            case "view_submission" -> submission(payload);
            default -> new SlackRequest.Other(payload.path("type").asText());
        };
    }

    private static Click click(JsonNode payload) {
        JsonNode action = payload.path("actions").path(0);
        JsonNode container = payload.path("container");
        Optional<Message> message = container.path("type").asText().equals("message")
                ? Optional.of(new Message(text(container, "channel_id"), text(container, "message_ts")))
                : Optional.empty();
        return new Click(
                sender(payload),
                text(action, "action_id"),
                typed(action.path("value").asText()),
                message,
                text(action, "action_ts"),
                text(payload, "trigger_id"),
                url(payload.path("response_url").asText()));
    }

    private static Submission submission(JsonNode payload) {
        JsonNode view = payload.path("view");
        var values = new HashMap<String, String>();
        view.path("state")
                .path("values")
                .properties()
                .forEach(block -> block.getValue().forEach(input -> values.put(block.getKey(), typed(value(input)))));
        return new Submission(
                sender(payload),
                text(view, "callback_id"),
                text(view, "id"),
                text(view, "hash"),
                typed(view.path("private_metadata").asText()),
                values);
    }

    private static String value(JsonNode input) {
        if (input.has("selected_options")) {
            return StreamSupport.stream(input.path("selected_options").spliterator(), false)
                    .map(option -> option.path("value").asText())
                    .collect(Collectors.joining(","));
        }
        return input.has("selected_option")
                ? input.path("selected_option").path("value").asText("")
                : input.path("value").asText("");
    }

    private static Sender sender(JsonNode payload) {
        return new Sender(
                text(payload.path("user"), "id"),
                payload.path("team")
                        .path("id")
                        .asText(payload.path("user").path("team_id").asText()),
                text(payload, "api_app_id"));
    }

    private static String text(JsonNode node, String field) {
        return id(node.path(field).asText(""), field);
    }

    private static String field(Map<String, String> form, String name) {
        return id(form.getOrDefault(name, ""), name);
    }

    private static String id(String value, String name) {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException("There is no " + name + ", or it is none");
        }
        return value;
    }

    /** What a person wrote. A half of a character, which JSON can hold and UTF-8 cannot, becomes a question mark. */
    private static String typed(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("The text is longer than " + LONGEST_TEXT + " characters");
        }
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return CONTROL.matcher(whole).replaceAll(" ");
    }

    /** As it is; whoever calls it looks where it leads. */
    private static String url(String text) {
        return URI.create(text).toString();
    }

    /** The first of each name counts. */
    private static Map<String, String> form(String body) {
        var form = new HashMap<String, String>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException quotesThePayload) {
            throw new IllegalArgumentException("The payload is not JSON");
        }
    }
}
