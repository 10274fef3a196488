package io.reverser.access.granter;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.request.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The event that invoked the granter function. */
sealed interface GranterEvent {

    /** A batch of records from the stream of the request table. */
    record TableChanges(List<StreamRecord> records) implements GranterEvent {}

    /**
     * One record of the stream.
     *
     * @param sequenceNumber the record's position in the stream
     * @param requestId the ID of the changed request; empty when the changed item is not a request
     */
    record StreamRecord(String sequenceNumber, Optional<RequestId> requestId) {}

    /** The expiry time of a request's access has come. */
    record RequestDue(RequestId requestId) implements GranterEvent {}

    /** The periodic sweep is due. */
    record SweepRequested() implements GranterEvent {}

    /**
     * Parses an event.
     *
     * @throws IllegalArgumentException if the event has none of the known forms
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
                        "The event is not a batch of a DynamoDB stream, and its kind is not 'due' or 'sweep'");
        };
    }

    /** The JSON of the event that the expiry schedule of a request sends. */
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
