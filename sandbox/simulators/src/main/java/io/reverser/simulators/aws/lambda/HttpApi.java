package io.reverser.simulators.aws.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.simulators.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Simulates an HTTP API of API Gateway that invokes a function, with payload format 2.0. All request bodies are
 * base64-encoded; API Gateway encodes only some.
 */
public final class HttpApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INTERNAL_SERVER_ERROR = 500;

    private final HttpServer server;
    private final LambdaFunction function;

    private HttpApi(HttpServer server, LambdaFunction function) {
        this.server = server;
        this.function = function;
    }

    /** Starts the HTTP API on a free loopback port. */
    public static HttpApi start(LambdaFunction function) {
        var api = new HttpApi(LoopbackServer.create(), function);
        api.server.createContext("/", api::serve);
        api.server.start();
        return api;
    }

    /** The base URL of the HTTP API. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode response = JSON.readTree(invoke(toEvent(exchange).toString()));
            response.path("headers")
                    .properties()
                    .forEach(header -> exchange.getResponseHeaders()
                            .set(header.getKey(), header.getValue().asText()));
            byte[] body = response.path("body").asText("").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    response.path("statusCode").asInt(INTERNAL_SERVER_ERROR), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /**
     * Invokes the function. If the function fails, returns an empty JSON object, which becomes API Gateway's response
     * without details.
     */
    private String invoke(String event) {
        try {
            return function.invoke(event);
        } catch (FunctionFailed failed) {
            return "{}";
        }
    }

    private static ObjectNode toEvent(HttpExchange exchange) throws IOException {
        ObjectNode event = JSON.createObjectNode()
                .put("version", "2.0")
                .put("rawPath", exchange.getRequestURI().getRawPath())
                .put(
                        "body",
                        Base64.getEncoder()
                                .encodeToString(exchange.getRequestBody().readAllBytes()))
                .put("isBase64Encoded", true);
        ObjectNode headers = event.putObject("headers");
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        event.putObject("requestContext").putObject("http").put("method", exchange.getRequestMethod());
        return event;
    }
}
