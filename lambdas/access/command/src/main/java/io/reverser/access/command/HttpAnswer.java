package io.reverser.access.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What the HTTP API gives back. */
record HttpAnswer(int statusCode, Map<String, String> headers, String body) {

    /** Done, and nothing to say. */
    static final HttpAnswer EMPTY = new HttpAnswer(200, Map.of(), "");

    static HttpAnswer json(JsonNode body) {
        return new HttpAnswer(200, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
    }

    /** Says no more than it must to somebody who may not be Slack. */
    static HttpAnswer refused(int status) {
        return new HttpAnswer(status, Map.of(), "");
    }
}
