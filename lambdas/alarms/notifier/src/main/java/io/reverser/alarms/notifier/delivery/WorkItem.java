package io.reverser.alarms.notifier.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;

/** What is done beside telling: pictures, and what people click. It waits in a queue of its own. */
public sealed interface WorkItem {

    /** An alarm's message gets its picture. */
    record RenderGraph(String channel, String alarmKey) implements WorkItem {}

    /** Something is left to be drawn again in a channel. */
    record RefreshChannel(String channel) implements WorkItem {}

    /**
     * A user clicked a button.
     *
     * @param ts the timestamp of the message with the button
     * @param responseUrl for ephemeral replies to that user
     */
    record Click(String action, String alarmKey, String channel, String ts, String user, String responseUrl, Instant at)
            implements WorkItem {}

    /** Nothing that is known here. */
    record Unknown() implements WorkItem {}

    static String renderGraph(String channel, String alarmKey) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "render-graph")
                .put("channel", channel)
                .put("alarm", alarmKey)
                .toString();
    }

    static String refreshChannel(String channel) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "refresh-channel")
                .put("channel", channel)
                .toString();
    }

    static WorkItem parse(String body) {
        try {
            JsonNode work = new ObjectMapper().readTree(body);
            return switch (work.path("kind").asText()) {
                case "render-graph" ->
                    new RenderGraph(
                            work.required("channel").asText(),
                            work.required("alarm").asText());
                case "refresh-channel" ->
                    new RefreshChannel(work.required("channel").asText());
                case "click" ->
                    new Click(
                            work.required("action").asText(),
                            work.required("alarm").asText(),
                            work.required("channel").asText(),
                            work.required("ts").asText(),
                            work.required("user").asText(),
                            work.path("responseUrl").asText(),
                            Instant.parse(work.required("at").asText()));
                default -> new Unknown();
            };
        } catch (JsonProcessingException | IllegalArgumentException | java.time.DateTimeException unreadable) {
            return new Unknown();
        }
    }
}
