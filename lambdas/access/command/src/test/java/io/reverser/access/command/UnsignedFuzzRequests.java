package io.reverser.access.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.command.slack.Modals;
import io.reverser.access.request.RequestAction;
import io.reverser.slack.request.SlackSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random HTTP requests that must be rejected: each is a valid request, approval or revocation with one flaw in its
 * signature, its timestamp or its sender.
 */
final class UnsignedFuzzRequests {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> BODIES = List.of(
            CommandFixture.commandBody("U0ADA", "prod view 1h the basket is slow", "trigger"),
            CommandFixture.commandBody("U0ADA", "list", "trigger"),
            CommandFixture.submissionBody(
                    "U0ADA",
                    Modals.REQUEST,
                    "",
                    Map.of("target", "prod view", "duration", "1h", "reason", "the basket is slow"),
                    "hash"),
            clicked(RequestAction.APPROVE.actionId(), "r-7k3m9q4xwz"),
            clicked("alarm-ack", "arn:aws:cloudwatch:x:1:alarm:a"),
            "ssl_check=1");
    private static final List<String> METHODS =
            List.of("GET", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "post", "POST ", "POST\r\n", "\u0000", "null");
    private static final List<String> TIMES =
            List.of("", "NaN", "soon", "-1", "+1", "0x65", "1e9", "1.7", "null", "99999999999999999999", "0", "1");

    private final SplittableRandom random;
    private final FuzzStrings strings;
    private final String now;
    private final String body;

    private UnsignedFuzzRequests(SplittableRandom random, Instant now) {
        this.random = random;
        this.now = Long.toString(now.getEpochSecond());
        strings = new FuzzStrings(random);
        body = strings.oneOf(BODIES);
    }

    /** Returns a random request that must be rejected. */
    static JsonNode next(SplittableRandom random, Instant now) {
        return new UnsignedFuzzRequests(random, now).next();
    }

    private JsonNode next() {
        return switch (random.nextInt(1000)) {
            case 0 -> CommandFixture.event(body + "&text=" + "x".repeat(300_000), now, CommandFixture.SECRET);
            case 1 -> CommandFixture.event("payload=" + strings.oversized(), now, "guessed");
            default ->
                switch (random.nextInt(20)) {
                    case 0, 1, 2, 3, 4, 5 -> signature(garbled(signed(now)));
                    case 6, 7, 8 -> time();
                    case 9, 10, 11 -> body();
                    case 12, 13 -> base64();
                    case 14, 15 -> method();
                    case 16, 17 -> headers();
                    default -> noRequest();
                };
        };
    }

    private static String clicked(String action, String value) {
        return "payload=" + """
                {"type":"block_actions","api_app_id":"A0APP","team":{"id":"T0TEAM"},"user":{"id":"U0BOB"},\
                "container":{"type":"message","channel_id":"C0APPROVALS","message_ts":"1"},"trigger_id":"t",\
                "actions":[{"action_id":"%s","value":"%s","action_ts":"1"}]}""".formatted(action, value);
    }

    private ObjectNode genuine() {
        return CommandFixture.event(body, now, CommandFixture.SECRET);
    }

    private String signed(String time) {
        return SlackSignature.sign(CommandFixture.SECRET, time, body.getBytes(StandardCharsets.UTF_8));
    }

    private String garbled(String signature) {
        int at = random.nextInt(3, signature.length());
        return switch (random.nextInt(13)) {
            case 0 -> signature.substring(0, at);
            case 1 -> signature.substring(at);
            case 2 -> signature + strings.letters(random.nextInt(1, 40));
            case 3 -> "V" + signature.substring(1);
            case 4 -> "v0=" + signature.substring(3).toUpperCase(Locale.ROOT);
            case 5 -> "v" + random.nextInt(1, 10) + signature.substring(2);
            case 6 -> signature + "," + signature;
            case 7 -> " " + signature;
            case 8 -> SlackSignature.sign("guess" + strings.text(), now, body.getBytes(StandardCharsets.UTF_8));
            case 9 -> SlackSignature.sign(CommandFixture.SECRET, now, (body + " ").getBytes(StandardCharsets.UTF_8));
            case 10 -> signed(Long.toString(Long.parseLong(now) + 1));
            case 11 -> strings.text();
            default ->
                signature.substring(0, at)
                        + (char) (signature.charAt(at) ^ 1 << random.nextInt(6))
                        + signature.substring(at + 1);
        };
    }

    private ObjectNode signature(String signature) {
        ObjectNode event = genuine();
        ((ObjectNode) event.path("headers")).put(SlackSignature.SIGNATURE_HEADER, signature);
        return event;
    }

    /**
     * A replayed request: signed with the right secret, but with a timestamp that is too old, in the future or invalid.
     */
    private ObjectNode time() {
        long away = random.nextLong(301, random.nextBoolean() ? 900 : 10_000_000_000L);
        long second = Long.parseLong(now);
        String time = switch (random.nextInt(6)) {
            case 0 -> Long.toString(second - Math.min(away, second));
            case 1 -> Long.toString(second + away);
            case 2 -> strings.text();
            case 3 -> " " + now;
            case 4 -> now.replace('1', '\u0661');
            default -> strings.oneOf(TIMES);
        };
        return CommandFixture.event(body, time, CommandFixture.SECRET);
    }

    /** A request whose signature was computed over another body. */
    private ObjectNode body() {
        int at = random.nextInt(body.length());
        String other = switch (random.nextInt(7)) {
            case 0 -> body.substring(0, at);
            case 1 -> body.substring(at) + "&";
            case 2 -> body + "&user_id=U0EVE";
            case 3 -> "\ufeff" + body;
            case 4 -> body + "\r\n";
            case 5 -> body.substring(0, at) + strings.text() + "~" + body.substring(at);
            default -> strings.text();
        };
        return genuine().put("body", other);
    }

    /** A request whose Base64 flag is wrong, or whose decoded body is not the body that was signed. */
    private ObjectNode base64() {
        byte[] bytes = new byte[random.nextInt(1, 200)];
        random.nextBytes(bytes);
        String encoded = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
        return switch (random.nextInt(5)) {
            case 0 -> genuine().put("isBase64Encoded", true);
            case 1 -> genuine().put("body", encoded);
            case 2 -> genuine().put("isBase64Encoded", "true").put("body", "*" + encoded);
            case 3 -> genuine().put("isBase64Encoded", true).put("body", encoded.substring(1));
            default ->
                genuine()
                        .put("isBase64Encoded", true)
                        .put("body", Base64.getEncoder().encodeToString(bytes));
        };
    }

    /** A correctly signed request with an HTTP method that Slack does not use. */
    private ObjectNode method() {
        ObjectNode event = genuine().put("rawPath", strings.text());
        ObjectNode http = (ObjectNode) event.path("requestContext").path("http");
        http.put("method", strings.oneOf(METHODS)).put("path", strings.text());
        return event;
    }

    private ObjectNode headers() {
        ObjectNode event = genuine();
        ObjectNode headers = (ObjectNode) event.path("headers");
        String name = random.nextBoolean() ? SlackSignature.SIGNATURE_HEADER : SlackSignature.TIMESTAMP_HEADER;
        String odd = name.toUpperCase(Locale.ROOT);
        for (int more = random.nextInt(4); more > 0; more--) {
            headers.put(strings.text(), strings.text());
        }
        switch (random.nextInt(8)) {
            case 0 -> headers.remove(name);
            case 1 -> headers.putNull(name);
            case 2 -> headers.putArray(name).add(signed(now));
            case 3 -> headers.putObject(name).put(name, signed(now));
            case 4 -> headers.put(name, "").put(odd, "v0=");
            case 5 -> headers.put(odd, headers.remove(name).asText() + "," + strings.text());
            case 6 -> headers.put("x-" + name, headers.remove(name).asText());
            default -> event.set("headers", oddValue());
        }
        return event;
    }

    /** An event that is not a valid HTTP request from API Gateway. */
    private JsonNode noRequest() {
        ObjectNode event = genuine();
        return switch (random.nextInt(8)) {
            case 0 -> oddValue();
            case 1 -> JSON.arrayNode().add(event);
            case 2 -> JSON.objectNode().put("httpMethod", "POST").set("headers", event.path("headers"));
            case 3 -> JSON.objectNode().set("Records", JSON.arrayNode().add(event));
            case 4 -> event.set("requestContext", oddValue());
            case 5 -> {
                ((ObjectNode) event.path("requestContext")).set("http", oddValue());
                yield event;
            }
            case 6 -> event.set("body", oddValue());
            default -> {
                event.remove(strings.oneOf(List.of("requestContext", "headers", "body")));
                yield event;
            }
        };
    }

    private JsonNode oddValue() {
        return switch (random.nextInt(7)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.arrayNode().add(strings.text());
            case 4 -> JSON.objectNode().put(strings.text(), strings.text());
            case 5 -> JSON.objectNode();
            default -> JSON.textNode("?" + strings.text());
        };
    }
}
