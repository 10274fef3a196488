package io.reverser.simulators.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.simulators.aws.Faults;
import io.reverser.simulators.aws.Faults.Fault;
import io.reverser.simulators.slack.SlackWorkspace.Person;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import io.reverser.simulators.slack.SlackWorkspace.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Slack's Web API. Calls are named like {@code Slack.chat.postMessage}.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/">Web API</a>
 */
public final class SlackEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/";
    private static final String RESPONSES = "/responses/";

    private final HttpServer server;
    private final SlackWorkspace workspace;
    private final Faults faults;
    private final String botToken;

    private SlackEndpoint(HttpServer server, SlackWorkspace workspace, Faults faults, String botToken) {
        this.server = server;
        this.workspace = workspace;
        this.faults = faults;
        this.botToken = botToken;
    }

    /** Starts it on a free loopback port. */
    public static SlackEndpoint start(SlackWorkspace workspace, Faults faults, String botToken) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var endpoint = new SlackEndpoint(HttpServer.create(address, 0), workspace, faults, botToken);
            endpoint.server.createContext(API, endpoint::serve);
            endpoint.server.createContext(RESPONSES, endpoint::whisper);
            endpoint.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            endpoint.server.start();
            return endpoint;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where the methods are. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + API);
    }

    /** How the response URLs of this Slack begin. */
    public URI responses() {
        return uri().resolve(RESPONSES);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestURI().getPath().substring(API.length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Optional<Fault> fault = faults.next("Slack." + method);
            if (fault.equals(Optional.of(Fault.THROTTLES))) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, 429, error("ratelimited"));
            } else if (fault.equals(Optional.of(Fault.FAILS_BEFORE))) {
                send(exchange, 500, error("internal_error"));
            } else if (!fault.equals(Optional.of(Fault.CUT_BEFORE))) {
                ObjectNode answer =
                        isOurs(exchange) ? answer(method, parameters(exchange, body)) : error("invalid_auth");
                faults.tookEffect("Slack." + method);
                answer(exchange, fault, answer);
            }
        }
    }

    private static void answer(HttpExchange exchange, Optional<Fault> fault, ObjectNode answer) throws IOException {
        if (fault.equals(Optional.of(Fault.FAILS_AFTER))) {
            send(exchange, 500, error("internal_error"));
        } else if (fault.isEmpty()) {
            send(exchange, 200, answer);
        }
    }

    private boolean isOurs(HttpExchange exchange) {
        return ("Bearer " + botToken).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private ObjectNode answer(String method, Map<String, String> parameters) {
        return switch (method) {
            case "auth.test" -> ok();
            case "users.info" -> user(parameters.getOrDefault("user", ""));
            case "chat.postMessage" -> post(parameters);
            case "chat.update" -> update(parameters);
            case "views.open" -> open(parameters);
            default -> error("unknown_method");
        };
    }

    private ObjectNode user(String id) {
        return workspace.person(id).map(SlackEndpoint::described).orElseGet(() -> error("user_not_found"));
    }

    private static ObjectNode described(Person person) {
        ObjectNode answer = ok();
        answer.putObject("user")
                .put("id", person.id())
                .put("team_id", person.team())
                .put("name", person.name())
                .put("deleted", person.standing() == Standing.DELETED)
                .put("is_bot", person.standing() == Standing.BOT)
                .put("is_restricted", person.standing() == Standing.GUEST)
                .put("is_ultra_restricted", false)
                .put("is_stranger", person.standing() == Standing.STRANGER);
        return answer;
    }

    private ObjectNode post(Map<String, String> parameters) {
        String channel = parameters.getOrDefault("channel", "");
        if (!workspace.knows(channel)) {
            return error("channel_not_found");
        }
        return flaw(parameters)
                .orElseGet(() -> posted(workspace.post(
                        channel,
                        Optional.ofNullable(parameters.get("thread_ts")),
                        parameters.getOrDefault("text", ""),
                        parameters.getOrDefault("blocks", "[]"))));
    }

    private ObjectNode update(Map<String, String> parameters) {
        return flaw(parameters)
                .orElseGet(() -> workspace
                        .update(
                                parameters.getOrDefault("channel", ""),
                                parameters.getOrDefault("ts", ""),
                                parameters.getOrDefault("text", ""),
                                parameters.getOrDefault("blocks", "[]"))
                        .map(SlackEndpoint::posted)
                        .orElseGet(() -> error("message_not_found")));
    }

    private ObjectNode open(Map<String, String> parameters) {
        String trigger = parameters.getOrDefault("trigger_id", "");
        if (workspace.isUsed(trigger)) {
            return error("exchanged_trigger_id");
        }
        if (trigger.startsWith("expired")) {
            return error("expired_trigger_id");
        }
        workspace.open(trigger, parameters.getOrDefault("view", ""));
        return ok();
    }

    private void whisper(HttpExchange exchange) throws IOException {
        try (exchange) {
            workspace.whisper(
                    JSON.readTree(exchange.getRequestBody()).path("text").asText());
            byte[] content = "ok".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static Optional<ObjectNode> flaw(Map<String, String> parameters) {
        if (parameters.getOrDefault("text", "").isEmpty() && !parameters.containsKey("blocks")) {
            return Optional.of(error("no_text"));
        }
        try {
            JsonNode blocks = JSON.readTree(parameters.getOrDefault("blocks", "[]"));
            return BlockRules.flaw(blocks).map(flaw -> error("invalid_blocks").put("detail", flaw));
        } catch (JsonProcessingException garbled) {
            return Optional.of(error("invalid_blocks_format"));
        }
    }

    private static ObjectNode posted(Posted message) {
        return ok().put("channel", message.channel()).put("ts", message.ts());
    }

    private static Map<String, String> parameters(HttpExchange exchange, String body) throws IOException {
        var parameters = new HashMap<String, String>();
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("");
        if (type.startsWith("application/json")) {
            JSON.readTree(body)
                    .properties()
                    .forEach(field -> parameters.put(
                            field.getKey(),
                            field.getValue().isValueNode()
                                    ? field.getValue().asText()
                                    : field.getValue().toString()));
            return parameters;
        }
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static ObjectNode ok() {
        return JSON.createObjectNode().put("ok", true);
    }

    private static ObjectNode error(String error) {
        return JSON.createObjectNode().put("ok", false).put("error", error);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] content = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }
}
