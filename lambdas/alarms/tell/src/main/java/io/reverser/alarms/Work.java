package io.reverser.alarms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;

/** What is done beside telling: pictures, and what people click. It waits in a queue of its own. */
sealed interface Work {

    /** An alarm's message gets its picture. */
    record Picture(String channel, String alarm) implements Work {}

    /** Something is left to be drawn again in a channel. */
    record GoOn(String channel) implements Work {}

    /**
     * Somebody clicked a button.
     *
     * @param ts the time stamp of the message with the button
     * @param response where that person alone is answered
     */
    record Click(String action, String alarm, String channel, String ts, String user, String response, Instant at)
            implements Work {}

    /** Nothing that is known here. */
    record Unknown() implements Work {}

    static String picture(String channel, String alarm) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "picture")
                .put("channel", channel)
                .put("alarm", alarm)
                .toString();
    }

    static String goOn(String channel) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "go-on")
                .put("channel", channel)
                .toString();
    }

    static Work read(String body) {
        try {
            JsonNode work = new ObjectMapper().readTree(body);
            return switch (work.path("kind").asText()) {
                case "picture" ->
                    new Picture(
                            work.required("channel").asText(),
                            work.required("alarm").asText());
                case "go-on" -> new GoOn(work.required("channel").asText());
                case "click" ->
                    new Click(
                            work.required("action").asText(),
                            work.required("alarm").asText(),
                            work.required("channel").asText(),
                            work.required("ts").asText(),
                            work.required("user").asText(),
                            work.path("response").asText(),
                            Instant.parse(work.required("at").asText()));
                default -> new Unknown();
            };
        } catch (JsonProcessingException | IllegalArgumentException | java.time.DateTimeException unreadable) {
            return new Unknown();
        }
    }
}
