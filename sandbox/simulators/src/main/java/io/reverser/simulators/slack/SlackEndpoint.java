package io.reverser.simulators.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.simulators.aws.AwsError;
import io.reverser.simulators.aws.Faults;
import io.reverser.simulators.aws.Faults.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    private static final String UPLOADS = "/upload/";

    private final HttpServer server;
    private final SlackWorkspace workspace;
    private final SlackUploads uploads;
    private final SlackMethods methods;
    private final ChannelLimit limit;
    private volatile long retryAfterSeconds = 1;
    private volatile Duration delay = Duration.ZERO;
    private final Faults faults;
    private final String botToken;

    private SlackEndpoint(HttpServer server, SlackWorkspace workspace, Faults faults, String botToken) {
        this.server = server;
        this.workspace = workspace;
        this.uploads = new SlackUploads(workspace);
        this.methods = new SlackMethods(workspace, uploads);
        this.limit = new ChannelLimit(workspace.clock());
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
            endpoint.server.createContext(UPLOADS, endpoint::upload);
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

    /** Files. */
    public SlackUploads uploads() {
        return uploads;
    }

    /** How often each channel was spoken in. */
    public ChannelLimit limit() {
        return limit;
    }

    /** What it says to whoever is too fast. */
    public void retryAfter(long seconds) {
        retryAfterSeconds = seconds;
    }

    /** How long each answer of the Web API takes from now on. */
    public void takeTime(Duration each) {
        delay = each;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void upload(HttpExchange exchange) throws IOException {
        try (exchange) {
            String file = exchange.getRequestURI().getPath().substring(UPLOADS.length());
            byte[] content = exchange.getRequestBody().readAllBytes();
            Optional<Fault> fault = faults.next("Slack.upload");
            boolean taken = fault.isEmpty() && uploads.take(file, content);
            exchange.sendResponseHeaders(fault.isPresent() ? 500 : taken ? 200 : 400, -1);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestURI().getPath().substring(API.length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Thread.sleep(delay);
            serve(exchange, method, parameters(exchange, body), faults.next("Slack." + method));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, String method, Map<String, String> parameters, Optional<Fault> fault)
            throws IOException {
        boolean isTooFast = method.startsWith("chat.") && !limit.allows(parameters.getOrDefault("channel", ""), method);
        Optional<AwsError> refusal = faults.refusal("Slack." + method);
        if (isTooFast || fault.equals(Optional.of(Fault.THROTTLES))) {
            exchange.getResponseHeaders().set("Retry-After", Long.toString(isTooFast ? 1 : retryAfterSeconds));
            send(exchange, 429, SlackMethods.error("ratelimited"));
        } else if (fault.equals(Optional.of(Fault.FAILS_BEFORE))) {
            send(exchange, 500, SlackMethods.error("internal_error"));
        } else if (refusal.isPresent()) {
            send(exchange, 200, SlackMethods.error(refusal.get().code()));
        } else if (!fault.equals(Optional.of(Fault.CUT_BEFORE))) {
            ObjectNode answer =
                    isOurs(exchange) ? methods.answer(method, parameters) : SlackMethods.error("invalid_auth");
            if (answer.has("file_id")) {
                answer.put(
                        "upload_url",
                        SlackUploads.address(uri(), answer.path("file_id").asText())
                                .toString());
            }
            faults.tookEffect("Slack." + method);
            answer(exchange, fault, answer);
        }
    }

    private static void answer(HttpExchange exchange, Optional<Fault> fault, ObjectNode answer) throws IOException {
        if (fault.equals(Optional.of(Fault.FAILS_AFTER))) {
            send(exchange, 500, SlackMethods.error("internal_error"));
        } else if (fault.equals(Optional.of(Fault.NEVER_ANSWERS))) {
            Faults.neverAnswer();
        } else if (fault.isEmpty()) {
            send(exchange, 200, answer);
        }
    }

    private boolean isOurs(HttpExchange exchange) {
        return ("Bearer " + botToken).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    /** A response URL takes five messages, and none after half an hour. */
    private void whisper(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = exchange.getRequestURI().getPath().substring(RESPONSES.length());
            String text = JSON.readTree(exchange.getRequestBody()).path("text").asText();
            byte[] said = (workspace.respond(id, text) ? "ok" : "used_url").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.length == 2 ? 200 : 404, said.length);
            exchange.getResponseBody().write(said);
        }
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

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] content = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }
}
