package io.reverser.simulators.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.simulators.LoopbackServer;
import io.reverser.simulators.fault.FaultInjector;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.fault.FaultInjector.Rejection;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slack's Web API. The fault injector identifies calls by names such as {@code Slack.chat.postMessage}.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/">Web API</a>
 */
public final class SlackEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/";
    private static final String RESPONSE_URLS = "/responses/";
    private static final String UPLOADS = "/upload/";

    private final HttpServer server;
    private final SlackWorkspace workspace;
    private final SlackUploads uploads;
    private final SlackMethods methods;
    private final ChannelRateLimiter rateLimiter;
    private volatile long retryAfterSeconds = 1;
    private volatile Duration responseDelay = Duration.ZERO;
    private final FaultInjector faults;
    private final String botToken;

    private SlackEndpoint(HttpServer server, SlackWorkspace workspace, FaultInjector faults, String botToken) {
        this.server = server;
        this.workspace = workspace;
        this.uploads = new SlackUploads(workspace);
        this.methods = new SlackMethods(workspace, uploads);
        this.rateLimiter = new ChannelRateLimiter(workspace.clock());
        this.faults = faults;
        this.botToken = botToken;
    }

    /** Starts the Web API on a free loopback port. */
    public static SlackEndpoint start(SlackWorkspace workspace, FaultInjector faults, String botToken) {
        var endpoint = new SlackEndpoint(LoopbackServer.create(), workspace, faults, botToken);
        endpoint.server.createContext(API, endpoint::serve);
        endpoint.server.createContext(RESPONSE_URLS, endpoint::respond);
        endpoint.server.createContext(UPLOADS, endpoint::upload);
        endpoint.server.start();
        return endpoint;
    }

    /** The base URL of the Web API's methods. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + API);
    }

    /** The prefix of the response URLs that this endpoint serves. */
    public URI responseUrlBase() {
        return uri().resolve(RESPONSE_URLS);
    }

    /** The files that were uploaded to this endpoint. */
    public SlackUploads uploads() {
        return uploads;
    }

    /** The rate limit for messages in each channel. */
    public ChannelRateLimiter rateLimiter() {
        return rateLimiter;
    }

    /**
     * Sets the Retry-After of responses to calls with an injected {@link Fault#THROTTLE}. For a call over the rate
     * limit, Retry-After is always one second.
     */
    public void setRetryAfter(long seconds) {
        retryAfterSeconds = seconds;
    }

    /** Sets a delay for every response of the Web API. */
    public void setResponseDelay(Duration newDelay) {
        responseDelay = newDelay;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void upload(HttpExchange exchange) throws IOException {
        try (exchange) {
            String file = exchange.getRequestURI().getPath().substring(UPLOADS.length());
            byte[] content = exchange.getRequestBody().readAllBytes();
            Optional<Fault> fault = faults.nextFault("Slack.upload");
            boolean stored = fault.isEmpty() && uploads.store(file, content);
            exchange.sendResponseHeaders(fault.isPresent() ? 500 : stored ? 200 : 400, -1);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestURI().getPath().substring(API.length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Thread.sleep(responseDelay);
            serve(exchange, method, parseParameters(exchange, body), faults.nextFault("Slack." + method));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, String method, Map<String, String> parameters, Optional<Fault> fault)
            throws IOException {
        boolean isTooFast =
                method.startsWith("chat.") && !rateLimiter.tryAcquire(parameters.getOrDefault("channel", ""), method);
        Optional<Rejection> rejection = faults.pollRejection("Slack." + method);
        if (isTooFast || fault.equals(Optional.of(Fault.THROTTLE))) {
            exchange.getResponseHeaders().set("Retry-After", Long.toString(isTooFast ? 1 : retryAfterSeconds));
            send(exchange, 429, SlackMethods.error("ratelimited"));
        } else if (fault.equals(Optional.of(Fault.ERROR_BEFORE_EFFECT))) {
            send(exchange, 500, SlackMethods.error("internal_error"));
        } else if (rejection.isPresent()) {
            send(exchange, 200, SlackMethods.error(rejection.get().code()));
        } else if (!fault.equals(Optional.of(Fault.DISCONNECT_BEFORE_EFFECT))) {
            ObjectNode response = needsNoToken(method) || isAuthorized(exchange)
                    ? methods.call(method, parameters)
                    : SlackMethods.error("invalid_auth");
            if (response.has("file_id")) {
                response.put(
                        "upload_url",
                        SlackUploads.uploadUrl(uri(), response.path("file_id").asText())
                                .toString());
            }
            faults.onEffect("Slack." + method);
            sendResponse(exchange, fault, response);
        }
    }

    private static void sendResponse(HttpExchange exchange, Optional<Fault> fault, ObjectNode response)
            throws IOException {
        if (fault.equals(Optional.of(Fault.ERROR_AFTER_EFFECT))) {
            send(exchange, 500, SlackMethods.error("internal_error"));
        } else if (fault.equals(Optional.of(Fault.NO_RESPONSE))) {
            FaultInjector.hang();
        } else if (fault.isEmpty()) {
            send(exchange, 200, response);
        }
    }

    private static boolean needsNoToken(String method) {
        return method.equals("api.test");
    }

    private boolean isAuthorized(HttpExchange exchange) {
        return ("Bearer " + botToken).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    /** Handles a message to a response URL, which accepts five messages within 30 minutes. */
    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = exchange.getRequestURI().getPath().substring(RESPONSE_URLS.length());
            String text = JSON.readTree(exchange.getRequestBody()).path("text").asText();
            byte[] response = (workspace.respond(id, text) ? "ok" : "used_url").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(response.length == 2 ? 200 : 404, response.length);
            exchange.getResponseBody().write(response);
        }
    }

    private static Map<String, String> parseParameters(HttpExchange exchange, String body) throws IOException {
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
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] content = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }
}
