package io.reverser.alarms.notifier.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What Lambda hands over: messages of a queue, or one event that came without. */
public final class SqsEvent {

    private SqsEvent() {}

    /**
     * A message.
     *
     * @param id by which it is reported as failed
     * @param receiptHandle by which it is hidden; empty where there is no queue
     * @param queueArn the queue's ARN; empty where there is none
     * @param sentAt when it came into the queue
     * @param receiveCount how often it was handed out
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
