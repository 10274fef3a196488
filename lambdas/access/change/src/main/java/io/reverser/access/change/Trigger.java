package io.reverser.access.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.request.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why the function runs. */
sealed interface Trigger {

    /** Items of the table changed. */
    record Changes(List<Changed> items) implements Trigger {}

    /**
     * One of them.
     *
     * @param sequence its place in the stream
     * @param request empty when the item is something else
     */
    record Changed(String sequence, Optional<RequestId> request) {}

    /** The time of a request has come. */
    record Due(RequestId request) implements Trigger {}

    /** Everything is to be looked after. */
    record Everything() implements Trigger {}

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static Trigger read(JsonNode event) {
        if (event.path("Records").isArray()) {
            var items = new ArrayList<Changed>();
            event.path("Records").forEach(item -> items.add(changed(item.path("dynamodb"))));
            return new Changes(items);
        }
        return switch (event.path("kind").asText()) {
            case "due" -> new Due(new RequestId(event.path("request").asText()));
            case "sweep" -> new Everything();
            default ->
                throw new IllegalArgumentException(
                        "The event is neither a batch of a DynamoDB stream nor has it the kind 'due' or 'sweep'");
        };
    }

    /** What the schedule of a request sends. */
    static String due(RequestId request) {
        return "{\"kind\":\"due\",\"request\":\"" + request + "\"}";
    }

    private static Changed changed(JsonNode item) {
        boolean isRequest = item.path("Keys").path("part").path("S").asText().equals("REQUEST");
        return new Changed(
                item.path("SequenceNumber").asText(),
                isRequest
                        ? RequestId.parse(item.path("Keys").path("id").path("S").asText())
                        : Optional.empty());
    }
}
