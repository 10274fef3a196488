package io.reverser.access.command.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What the HTTP API gives back. */
public record ApiGatewayResponse(int statusCode, Map<String, String> headers, String body) {

    /** Done, and nothing to say. */
    public static final ApiGatewayResponse EMPTY = new ApiGatewayResponse(200, Map.of(), "");

    static ApiGatewayResponse json(JsonNode body) {
        return new ApiGatewayResponse(200, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
    }

    /** Says no more than it must to somebody who may not be Slack. */
    public static ApiGatewayResponse error(int status) {
        return new ApiGatewayResponse(status, Map.of(), "");
    }
}
