package io.reverser.slack.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.slack.request.SlackRequest.Click;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Instant;

/**
 * A click on a button of a message. The function that Slack calls forwards the click through a queue to the function
 * that posted the message.
 *
 * @param userId the Slack user ID of the person who clicked
 * @param at the time at which the click was received
 */
public record ForwardedClick(
        String actionId, String value, PostedMessage message, String userId, String responseUrl, Instant at) {

    /** The value of the field {@code kind} in a queue message that contains a click. */
    public static final String KIND = "click";

    /** Creates the forwarded form of a click on a message. */
    public static ForwardedClick of(Click click, PostedMessage message, Instant at) {
        return new ForwardedClick(
                click.actionId(), click.value(), message, click.sender().userId(), click.responseUrl(), at);
    }

    /** The body of the queue message that forwards this click. */
    public String toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", KIND)
                .put("action", actionId)
                .put("value", value)
                .put("channel", message.channel())
                .put("ts", message.ts())
                .put("user", userId)
                .put("responseUrl", responseUrl)
                .put("at", at.toString())
                .toString();
    }

    /**
     * Parses the JSON that {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when a field is missing
     * @throws java.time.DateTimeException when the time is not in ISO 8601
     */
    public static ForwardedClick parse(JsonNode json) {
        return new ForwardedClick(
                json.required("action").asText(),
                json.required("value").asText(),
                new PostedMessage(
                        json.required("channel").asText(), json.required("ts").asText()),
                json.required("user").asText(),
                json.required("responseUrl").asText(),
                Instant.parse(json.required("at").asText()));
    }
}
