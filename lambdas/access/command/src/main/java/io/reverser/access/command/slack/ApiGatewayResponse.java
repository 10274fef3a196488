package io.reverser.access.command.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The function's response to a request of the HTTP API. */
public record ApiGatewayResponse(int statusCode, Map<String, String> headers, String body) {

    /** A response with status 200 and without a body. */
    public static final ApiGatewayResponse EMPTY = new ApiGatewayResponse(200, Map.of(), "");

    /** Converts the response to JSON without Jackson's reflection, which would slow down a cold start. */
    public ObjectNode toJson() {
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("statusCode", statusCode);
        headers.forEach(response.putObject("headers")::put);
        return response.put("body", body);
    }

    static ApiGatewayResponse json(JsonNode body) {
        return new ApiGatewayResponse(200, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
    }

    /**
     * An HTTP error status without a body, because the sender may not be Slack and should learn nothing from the
     * response.
     */
    public static ApiGatewayResponse error(int status) {
        return new ApiGatewayResponse(status, Map.of(), "");
    }
}
