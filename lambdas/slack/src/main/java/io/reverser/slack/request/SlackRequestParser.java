package io.reverser.slack.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.slack.request.SlackRequest.Click;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import io.reverser.slack.request.SlackRequest.Sender;
import io.reverser.slack.request.SlackRequest.SlashCommand;
import io.reverser.slack.request.SlackRequest.ViewSubmission;
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
 * Parses the body of a request whose signature was verified. The body is a form, either with the fields of a slash
 * command, or with one field {@code payload} that contains JSON.
 *
 * @see <a href="https://docs.slack.dev/interactivity/implementing-slash-commands">Slash commands</a>
 * @see <a href="https://docs.slack.dev/reference/interaction-payloads">Interaction payloads</a>
 */
public final class SlackRequestParser {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The format of valid IDs, those of this app and those of Slack. IDs become keys in DynamoDB tables, whose size is
     * limited.
     */
    private static final Pattern ID_PATTERN = Pattern.compile("[!-~]{1,255}");

    /**
     * The maximum length of user input, in characters: longer than any typed text, and short enough for a DynamoDB
     * item, even if each character needs several bytes.
     */
    private static final int MAX_TEXT_LENGTH = 16_000;

    /**
     * Control characters, which are replaced by spaces, because no keyboard types them, and JSON escapes each with six
     * characters.
     */
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    private SlackRequestParser() {}

    /**
     * Parses the body of a request from Slack.
     *
     * @throws IllegalArgumentException if the body is invalid; the message names what is missing, without quoting the
     *     body
     */
    public static SlackRequest parse(byte[] body) {
        Map<String, String> form = parseForm(new String(body, StandardCharsets.UTF_8));
        if (form.containsKey("ssl_check")) {
            return new SlackRequest.SslCheck();
        }
        String payload = form.get("payload");
        return payload == null ? parseCommand(form) : parseInteraction(parseJson(payload));
    }

    private static SlashCommand parseCommand(Map<String, String> form) {
        var sender =
                new Sender(requiredId(form, "user_id"), requiredId(form, "team_id"), requiredId(form, "api_app_id"));
        return new SlashCommand(
                sender,
                requiredId(form, "command"),
                sanitize(form.getOrDefault("text", "")),
                requiredId(form, "channel_id"),
                requiredId(form, "trigger_id"));
    }

    private static SlackRequest parseInteraction(JsonNode payload) {
        return switch (payload.path("type").asText()) {
            case "block_actions" -> parseClick(payload);
            case "view_submission" -> parseSubmission(payload);
            default -> new SlackRequest.Other(payload.path("type").asText());
        };
    }

    private static Click parseClick(JsonNode payload) {
        JsonNode action = payload.path("actions").path(0);
        JsonNode container = payload.path("container");
        Optional<PostedMessage> message = container.path("type").asText().equals("message")
                ? Optional.of(
                        new PostedMessage(requiredId(container, "channel_id"), requiredId(container, "message_ts")))
                : Optional.empty();
        return new Click(
                parseSender(payload),
                requiredId(action, "action_id"),
                sanitize(action.path("value").asText()),
                message,
                requiredId(action, "action_ts"),
                requiredId(payload, "trigger_id"),
                requireUrl(payload.path("response_url").asText()));
    }

    private static ViewSubmission parseSubmission(JsonNode payload) {
        JsonNode view = payload.path("view");
        var values = new HashMap<String, String>();
        view.path("state")
                .path("values")
                .properties()
                .forEach(block ->
                        block.getValue().forEach(input -> values.put(block.getKey(), sanitize(inputValue(input)))));
        return new ViewSubmission(
                parseSender(payload),
                requiredId(view, "callback_id"),
                requiredId(view, "id"),
                requiredId(view, "hash"),
                sanitize(view.path("private_metadata").asText()),
                values);
    }

    private static String inputValue(JsonNode input) {
        if (input.has("selected_options")) {
            return StreamSupport.stream(input.path("selected_options").spliterator(), false)
                    .map(option -> option.path("value").asText())
                    .collect(Collectors.joining(","));
        }
        return input.has("selected_option")
                ? input.path("selected_option").path("value").asText("")
                : input.path("value").asText("");
    }

    private static Sender parseSender(JsonNode payload) {
        return new Sender(
                requiredId(payload.path("user"), "id"),
                payload.path("team")
                        .path("id")
                        .asText(payload.path("user").path("team_id").asText()),
                requiredId(payload, "api_app_id"));
    }

    private static String requiredId(JsonNode node, String field) {
        return requireId(node.path(field).asText(""), field);
    }

    private static String requiredId(Map<String, String> form, String name) {
        return requireId(form.getOrDefault(name, ""), name);
    }

    private static String requireId(String value, String name) {
        if (!ID_PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("The request has no valid " + name);
        }
        return value;
    }

    /**
     * Removes invalid characters from user input. An unpaired surrogate, which JSON can contain but UTF-8 cannot,
     * becomes a question mark.
     */
    private static String sanitize(String text) {
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("The text is longer than " + MAX_TEXT_LENGTH + " characters");
        }
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return CONTROL_CHARACTERS.matcher(whole).replaceAll(" ");
    }

    /** Checks the syntax of a URL. Code that later calls the URL must check its prefix first. */
    private static String requireUrl(String text) {
        return URI.create(text).toString();
    }

    /** Parses the fields of the form. If a field occurs more than once, its first value counts. */
    private static Map<String, String> parseForm(String body) {
        var form = new HashMap<String, String>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.putIfAbsent(urlDecode(pair.substring(0, equals)), urlDecode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String urlDecode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode parseJson(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException quotesThePayload) {
            throw new IllegalArgumentException("The payload is not JSON");
        }
    }
}
