package io.reverser.access.granter;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.request.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why the function runs. */
sealed interface GranterEvent {

    /** Items of the table changed. */
    record TableChanges(List<StreamRecord> records) implements GranterEvent {}

    /**
     * One of them.
     *
     * @param sequenceNumber its place in the stream
     * @param requestId empty when the item is something else
     */
    record StreamRecord(String sequenceNumber, Optional<RequestId> requestId) {}

    /** The time of a request has come. */
    record RequestDue(RequestId requestId) implements GranterEvent {}

    /** Everything is to be looked after. */
    record SweepRequested() implements GranterEvent {}

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static GranterEvent parse(JsonNode event) {
        if (event.path("Records").isArray()) {
            var records = new ArrayList<StreamRecord>();
            event.path("Records")
                    .forEach(streamRecord -> records.add(parseStreamRecord(streamRecord.path("dynamodb"))));
            return new TableChanges(records);
        }
        return switch (event.path("kind").asText()) {
            case "due" -> new RequestDue(new RequestId(event.path("request").asText()));
            case "sweep" -> new SweepRequested();
            default ->
                throw new IllegalArgumentException(
                        "The event is neither a batch of a DynamoDB stream nor has it the kind 'due' or 'sweep'");
        };
    }

    /** What the schedule of a request sends. */
    static String requestDueJson(RequestId requestId) {
        return "{\"kind\":\"due\",\"request\":\"" + requestId + "\"}";
    }

    private static StreamRecord parseStreamRecord(JsonNode streamRecord) {
        boolean isRequest =
                streamRecord.path("Keys").path("sk").path("S").asText().equals("REQUEST");
        return new StreamRecord(
                streamRecord.path("SequenceNumber").asText(),
                isRequest
                        ? RequestId.parse(
                                streamRecord.path("Keys").path("id").path("S").asText())
                        : Optional.empty());
    }
}
