package io.reverser.slack.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request that Lambda receives from an API Gateway HTTP API or a function URL.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Payload format version 2.0</a>
 */
public final class ApiGatewayRequest {

    private final String method;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * A request.
     *
     * @param headers the values by name; the names are in lower case
     */
    public ApiGatewayRequest(String method, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /**
     * Parses an event.
     *
     * @throws IllegalArgumentException if the event is not an HTTP request, or its body is marked as Base64 but is not
     *     valid Base64
     */
    public static ApiGatewayRequest parse(JsonNode event) {
        String method = event.path("requestContext").path("http").path("method").asText("");
        if (method.isEmpty()) {
            throw new IllegalArgumentException("The event is not an HTTP request of payload format 2.0");
        }
        var headers = new TreeMap<String, String>();
        event.path("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asText()));
        String body = event.path("body").asText("");
        return new ApiGatewayRequest(
                method,
                headers,
                event.path("isBase64Encoded").asBoolean()
                        ? Base64.getDecoder().decode(body)
                        : body.getBytes(StandardCharsets.UTF_8));
    }

    /** The HTTP method, in capital letters. */
    public String method() {
        return method;
    }

    /** The raw body, over which Slack computes the signature. */
    public byte[] body() {
        return body.clone();
    }

    /** The value of the header with this name, which must be in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
