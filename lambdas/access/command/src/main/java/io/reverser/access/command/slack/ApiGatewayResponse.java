package io.reverser.access.command.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What the HTTP API gives back. */
public record ApiGatewayResponse(int statusCode, Map<String, String> headers, String body) {

    /** Done, and nothing to say. */
    public static final ApiGatewayResponse EMPTY = new ApiGatewayResponse(200, Map.of(), "");

    /** As the HTTP API takes it; by hand, because a cold function has no time to find out what a record holds. */
    public ObjectNode toJson() {
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("statusCode", statusCode);
        headers.forEach(response.putObject("headers")::put);
        return response.put("body", body);
    }

    static ApiGatewayResponse json(JsonNode body) {
        return new ApiGatewayResponse(200, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
    }

    /** The status and nothing else, because the sender may not be Slack. */
    public static ApiGatewayResponse error(int status) {
        return new ApiGatewayResponse(status, Map.of(), "");
    }
}
