package io.reverser.access.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.command.slack.AlarmActionForwarder;
import io.reverser.access.command.slack.Modals;
import io.reverser.access.request.RequestAction;
import io.reverser.slack.request.SlackSignature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random requests with a valid signature, so that they reach every parser, but without a valid request for access:
 * truncated, nested or oversized forms and JSON, missing or mistyped fields, unknown commands and buttons.
 */
final class SignedFuzzRequests {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> FIELDS =
            List.of("user_id", "team_id", "api_app_id", "command", "channel_id", "trigger_id");
    private static final List<String> WORDS = List.of(
            "status",
            "cancel",
            "revoke",
            "done",
            "extend",
            "extend r-7k3m9q4xwy",
            "whoami",
            "help",
            "?",
            "break-glass");
    private static final List<String> REQUEST_LINES = List.of(
            "prod view 0m %s",
            "prod view 99999h %s",
            "prod view 999d9999h99999m %s",
            "prod view -5m %s",
            "prod edit ns=%s 1h because of it",
            "prod edit ns=" + "shop,".repeat(500) + " 1h %s",
            "prod view %s",
            "%s view 1h because of it",
            "prod %s 1h because of it");
    private static final List<String> TYPES = List.of(
            "block_actions", "view_submission", "view_closed", "shortcut", "message_action", "block_suggestion", "");
    private static final List<String> CALLBACKS = List.of(
            Modals.REQUEST,
            Modals.BREAK_GLASS,
            Modals.BREAK_GLASS_CONFIRMED,
            Modals.REJECT,
            Modals.EXTEND,
            "result",
            "other");
    private static final List<String> BUTTONS = Stream.concat(
                    Arrays.stream(RequestAction.values()).map(RequestAction::actionId),
                    Stream.of(
                            "other",
                            AlarmActionForwarder.ACTION_ID_PREFIX + " %s",
                            AlarmActionForwarder.ACTION_ID_PREFIX + "\u20ac"))
            .toList();
    private static final List<String> INPUTS =
            List.of(Modals.TARGET, Modals.NAMESPACES, Modals.REASON, Modals.INCIDENT, "other");

    private final SplittableRandom random;
    private final FuzzStrings strings;
    private final String now;

    private final String responseUrlPrefix;

    private SignedFuzzRequests(SplittableRandom random, Instant now, String responseUrlPrefix) {
        this.random = random;
        this.now = Long.toString(now.getEpochSecond());
        this.responseUrlPrefix = responseUrlPrefix;
        strings = new FuzzStrings(random);
    }

    /**
     * Returns a random signed request.
     *
     * @param responseUrlPrefix the prefix of the response URLs that the function may call
     */
    static JsonNode next(SplittableRandom random, Instant now, String responseUrlPrefix) {
        return new SignedFuzzRequests(random, now, responseUrlPrefix).next();
    }

    private JsonNode next() {
        return switch (random.nextInt(500)) {
            case 0 -> signed("payload=" + encoded(bomb()));
            case 1 -> signed(flood());
            case 2 -> signed(command("U0ADA", "prod " + strings.oversized() + " 1h because of it"));
            case 3 -> payload(replaced(random.nextBoolean() ? click() : submission(), strings.oversized()));
            case 4, 5, 6, 7, 8 -> signed(command("U0ADA", requestLine()));
            default ->
                switch (random.nextInt(10)) {
                    case 0 -> signed(command("U0ADA", strings.oneOf(WORDS) + " " + strings.text()));
                    case 1 -> signed(brokenForm());
                    case 2 -> binary();
                    case 3 -> cutPayload();
                    case 4, 5 -> payload(click());
                    case 6, 7 -> payload(submission());
                    case 8 -> payload(replaced(random.nextBoolean() ? click() : submission(), strings.text()));
                    default -> payload(odd(random.nextInt(4)));
                };
        };
    }

    private JsonNode payload(JsonNode payload) {
        String text = payload.toString().replace("\\\\u", "\\u");
        return signed("payload=" + (random.nextInt(50) == 0 ? text : encoded(text)));
    }

    private JsonNode signed(String body) {
        return CommandFixture.event(body, now, CommandFixture.SECRET);
    }

    private JsonNode binary() {
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        if (bytes.length > 8 && random.nextBoolean()) {
            System.arraycopy("payload=".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 8);
        }
        ObjectNode event = CommandFixture.event("", now, CommandFixture.SECRET);
        event.put("isBase64Encoded", true).put("body", Base64.getEncoder().encodeToString(bytes));
        ((ObjectNode) event.path("headers"))
                .put(SlackSignature.SIGNATURE_HEADER, SlackSignature.sign(CommandFixture.SECRET, now, bytes));
        return event;
    }

    private static String command(String person, String text) {
        return CommandFixture.commandBody(person, text, "trigger");
    }

    private String requestLine() {
        return strings.oneOf(REQUEST_LINES).replace("%s", strings.oneOf(List.of("", "because of it")) + strings.text());
    }

    /** A slash command with a missing or an unknown field. */
    private String brokenForm() {
        String form = command("U0ADA", "prod view 1h the basket is slow");
        String field = strings.oneOf(FIELDS);
        String without = form.replaceFirst(field + "=[^&]*", "");
        return switch (random.nextInt(5)) {
            case 0 -> without;
            case 1 -> without + "&" + field + "=";
            case 2 -> without + "&" + field + "%=x";
            case 3 -> "team_id=" + encoded(strings.text()) + "&" + form;
            default -> field + "=%" + strings.text() + "&" + form;
        };
    }

    private JsonNode cutPayload() {
        String whole = (random.nextBoolean() ? click() : submission()).toString();
        return signed("payload=" + encoded(whole.substring(0, random.nextInt(1, whole.length() - 1))));
    }

    private ObjectNode click() {
        ObjectNode payload = payloadOf("block_actions");
        payload.putObject("container")
                .put("type", strings.oneOf(List.of("message", "view", "")))
                .put("channel_id", strings.text())
                .put("message_ts", strings.text());
        ArrayNode actions = payload.putArray("actions");
        for (int more = random.nextInt(3); more >= 0; more--) {
            actions.addObject()
                    .put("action_id", strings.oneOf(BUTTONS).replace("%s", strings.text()))
                    .put("value", random.nextInt(20) == 0 ? "r-7k3m9q4xwz" : strings.text())
                    .put("action_ts", strings.text());
        }
        return payload;
    }

    /** A modal submission; its duration is never valid. */
    private ObjectNode submission() {
        ObjectNode payload = payloadOf("view_submission");
        ObjectNode view = payload.putObject("view")
                .put("callback_id", strings.oneOf(CALLBACKS))
                .put("id", "V0" + strings.text())
                .put("hash", "hash" + strings.text())
                .put("private_metadata", metadata());
        ObjectNode values = view.putObject("state").putObject("values");
        values.putObject(Modals.DURATION).set(Modals.DURATION, chosen(strings.oneOf(List.of("0m", "99999h", "1y"))));
        for (int more = random.nextInt(4); more > 0; more--) {
            String input = strings.oneOf(INPUTS);
            String value = input.equals(Modals.TARGET) ? "prod view" : strings.text();
            values.putObject(input).set(input, random.nextBoolean() ? chosen(value) : typed(value));
        }
        return payload;
    }

    private String metadata() {
        return switch (random.nextInt(5)) {
            case 0 -> "{\"cluster\":\"" + strings.letters(3) + "\",\"level\":\"view\",\"duration\":\"1h\"}";
            case 1 -> "{\"cluster\":[{\"level\":null}],\"reason\":1e400}";
            case 2 -> "{".repeat(random.nextInt(1, 3000));
            case 3 -> strings.text();
            default -> "r-7k3m9q4xwz";
        };
    }

    private ObjectNode payloadOf(String type) {
        ObjectNode payload = JSON.objectNode().put("type", type).put("api_app_id", "A0APP");
        payload.putObject("team").put("id", random.nextInt(20) == 0 ? strings.text() : "T0TEAM");
        payload.putObject("user").put("id", "U0" + strings.letters(4));
        return payload.put("trigger_id", "trigger" + strings.text())
                .put("response_url", strings.oneOf(List.of("", responseUrlPrefix, "file:///")) + strings.text());
    }

    private static ObjectNode typed(String value) {
        return JSON.objectNode().put("type", "plain_text_input").put("value", value);
    }

    private ObjectNode chosen(String value) {
        ObjectNode input = JSON.objectNode();
        if (random.nextBoolean()) {
            input.putObject("selected_option").put("value", value);
        } else {
            input.putArray("selected_options").addObject().put("value", value);
        }
        return input;
    }

    /** Replaces one value in the JSON payload, at any depth, often with a value of another type. */
    private ObjectNode replaced(ObjectNode payload, String text) {
        ObjectNode node = payload;
        while (true) {
            List<String> names = node.propertyStream().map(Map.Entry::getKey).toList();
            String name = strings.oneOf(names);
            JsonNode value = node.path(name).isArray() ? node.path(name).path(0) : node.path(name);
            if (!(value instanceof ObjectNode inner) || inner.isEmpty() || random.nextInt(4) == 0) {
                node.set(name, random.nextBoolean() ? JSON.textNode("?" + text) : odd(0));
                return payload;
            }
            node = inner;
        }
    }

    private JsonNode odd(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.numberNode(Double.MAX_VALUE);
            case 3 -> JSON.booleanNode(random.nextBoolean());
            case 4 -> JSON.textNode("?" + strings.text());
            case 5 -> JSON.objectNode().put("type", strings.oneOf(TYPES));
            case 6 -> JSON.arrayNode().add(odd(depth - 1)).add(odd(depth - 1));
            default ->
                payloadOf(strings.oneOf(TYPES)).set(strings.oneOf(List.of("view", "actions", "user")), odd(depth - 1));
        };
    }

    /** Deeply nested JSON, which is short to send but expensive to parse. */
    private String bomb() {
        return switch (random.nextInt(6)) {
            case 0 -> "[".repeat(random.nextInt(900, 80_000));
            case 1 -> "{\"a\":".repeat(random.nextInt(900, 15_000));
            case 2 -> "[".repeat(900) + "]".repeat(900);
            case 3 -> "{\"type\":" + "9".repeat(random.nextInt(500, 80_000)) + "}";
            case 4 -> "{\"type\":1e" + "9".repeat(random.nextInt(1, 400)) + "}";
            default -> "{\"type\":\"block_actions\",\"actions\":[" + "{},".repeat(random.nextInt(20_000)) + "null]}";
        };
    }

    /** JSON with many fields whose names collide in a hash table. */
    private String flood() {
        if (random.nextBoolean()) {
            return "&".repeat(random.nextInt(250_000));
        }
        return IntStream.range(0, 1 << 12)
                .mapToObj(number ->
                        Integer.toBinaryString(number).replace("0", "Aa").replace("1", "BB") + "=1")
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
