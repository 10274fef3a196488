package io.reverser.alarms.notifier.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The event of an invocation: a batch of SQS messages, or a single event that did not come from a queue. */
public final class SqsEvent {

    private SqsEvent() {}

    /**
     * An SQS message, or an event that did not come from a queue.
     *
     * @param id identifies the message in the batch response
     * @param receiptHandle identifies this receive of the message; empty for an event without a queue
     * @param queueArn the queue's ARN; empty for an event without a queue
     * @param sentAt when the message was sent to the queue
     * @param receiveCount how often the message was received
     */
    public record SqsMessage(
            String id, String receiptHandle, String queueArn, String body, Optional<Instant> sentAt, int receiveCount) {

        public boolean isQueued() {
            return !queueArn.isEmpty();
        }
    }

    public static List<SqsMessage> parse(JsonNode event) {
        JsonNode records = event.path("Records");
        boolean isQueue = records.isArray()
                && records.path(0).path("eventSource").asText().equals("aws:sqs");
        return isQueue
                ? records.valueStream().map(SqsEvent::parseRecord).toList()
                : List.of(new SqsMessage("", "", "", event.toString(), Optional.empty(), 1));
    }

    private static SqsMessage parseRecord(JsonNode record) {
        JsonNode attributes = record.path("attributes");
        return new SqsMessage(
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
