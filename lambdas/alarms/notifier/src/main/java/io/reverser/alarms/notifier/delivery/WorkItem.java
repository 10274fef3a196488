package io.reverser.alarms.notifier.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.slack.request.ForwardedClick;
import java.time.DateTimeException;

/**
 * Work besides publishing notifications: graphs to render, channels to refresh and clicks. Work items have a separate
 * queue.
 */
public sealed interface WorkItem {

    /** Renders an alarm's graph and attaches it to the alarm's message. */
    record RenderGraph(String channel, String alarmKey) implements WorkItem {}

    /** Publishes a channel's pending outbox entries, and updates its messages that are out of date. */
    record RefreshChannel(String channel) implements WorkItem {}

    /** A user clicked a button on an alarm's message. */
    record Click(ForwardedClick click) implements WorkItem {}

    /** A work item in an unknown format, which is dropped. */
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
                case ForwardedClick.KIND -> new Click(ForwardedClick.parse(work));
                default -> new Unknown();
            };
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException unreadable) {
            return new Unknown();
        }
    }
}
