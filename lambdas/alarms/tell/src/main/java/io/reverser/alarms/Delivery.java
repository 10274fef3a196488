package io.reverser.alarms;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What Lambda hands over: messages of a queue, or one event that came without. */
final class Delivery {

    private Delivery() {}

    /**
     * A message.
     *
     * @param id by which it is reported as failed
     * @param receipt by which it is hidden; empty where there is no queue
     * @param queue the queue's ARN; empty where there is none
     * @param sent when it came into the queue
     * @param receives how often it was handed out
     */
    record Message(String id, String receipt, String queue, String body, Optional<Instant> sent, int receives) {

        boolean isQueued() {
            return !queue.isEmpty();
        }
    }

    static List<Message> read(JsonNode event) {
        JsonNode records = event.path("Records");
        boolean isQueue = records.isArray()
                && records.path(0).path("eventSource").asText().equals("aws:sqs");
        return isQueue
                ? records.valueStream().map(Delivery::message).toList()
                : List.of(new Message("", "", "", event.toString(), Optional.empty(), 1));
    }

    private static Message message(JsonNode record) {
        JsonNode attributes = record.path("attributes");
        return new Message(
                record.path("messageId").asText(),
                record.path("receiptHandle").asText(),
                record.path("eventSourceARN").asText(),
                record.path("body").asText(),
                Optional.of(attributes.path("SentTimestamp").asLong())
                        .filter(sent -> sent > 0)
                        .map(Instant::ofEpochMilli),
                attributes.path("ApproximateReceiveCount").asInt(1));
    }
}
