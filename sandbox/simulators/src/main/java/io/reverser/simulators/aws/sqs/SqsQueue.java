package io.reverser.simulators.aws.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A standard queue of SQS: at-least-once delivery in approximate order. */
public final class SqsQueue {

    private final String name;
    private final Duration visibilityTimeout;
    private final InstantSource clock;
    private final List<Message> messages = new ArrayList<>();
    private Optional<RedrivePolicy> redrive = Optional.empty();

    private record RedrivePolicy(SqsQueue target, int maxReceiveCount) {}

    /** A message in the queue. */
    private static final class Message {
        private final String id = UUID.randomUUID().toString();
        private final String body;
        private final JsonNode attributes;
        private final Instant sentAt;
        private Instant visibleAt;
        private String receiptHandle = "";
        private int receiveCount;

        Message(String body, JsonNode attributes, Instant sent, Instant visible) {
            this.body = body;
            this.attributes = attributes;
            this.sentAt = sent;
            this.visibleAt = visible;
        }
    }

    SqsQueue(String name, Duration visibilityTimeout, InstantSource clock) {
        this.name = name;
        this.visibilityTimeout = visibilityTimeout;
        this.clock = clock;
    }

    /**
     * Sets the dead-letter queue, which receives a message that would be received more than {@code maxReceiveCount}
     * times.
     */
    public synchronized SqsQueue redriveTo(SqsQueue target, int maxReceiveCount) {
        redrive = Optional.of(new RedrivePolicy(target, maxReceiveCount));
        return this;
    }

    /** The queue's ARN. */
    public String arn() {
        return "arn:aws:sqs:eu-central-1:111122223333:" + name;
    }

    /** The queue's URL, for SendMessage requests. */
    public String url() {
        return "https://sqs.eu-central-1.amazonaws.com/111122223333/" + name;
    }

    /** Sends a message to the queue. */
    public String send(String body) {
        return send(body, JsonNodeFactory.instance.objectNode(), Duration.ZERO);
    }

    synchronized String send(String body, JsonNode attributes, Duration delay) {
        Instant now = clock.instant();
        var message = new Message(body, attributes, now, now.plus(delay));
        messages.add(message);
        return message.id;
    }

    /** The number of messages in the queue, including messages in flight. */
    public synchronized int size() {
        return messages.size();
    }

    /** All messages in the queue, in the format of Lambda's SQS event, without receiving them. */
    public synchronized List<ObjectNode> peek() {
        return messages.stream().map(this::toRecord).toList();
    }

    /** Receives at most {@code maxMessages} visible messages, in the format of Lambda's SQS event. */
    public synchronized List<ObjectNode> receive(int maxMessages) {
        Instant now = clock.instant();
        var received = new ArrayList<ObjectNode>();
        Iterator<Message> all = messages.iterator();
        while (all.hasNext() && received.size() < maxMessages) {
            Message message = all.next();
            if (message.visibleAt.isAfter(now)) {
                continue;
            }
            if (redrive.filter(limit -> message.receiveCount >= limit.maxReceiveCount())
                    .isPresent()) {
                all.remove();
                redrive.orElseThrow().target().send(message.body, message.attributes, Duration.ZERO);
                continue;
            }
            message.receiveCount++;
            message.visibleAt = now.plus(visibilityTimeout);
            message.receiptHandle = UUID.randomUUID().toString();
            received.add(toRecord(message));
        }
        return received;
    }

    /** Deletes the message with the given receipt handle. An outdated receipt handle deletes nothing. */
    public synchronized void delete(String receiptHandle) {
        messages.removeIf(message -> message.receiptHandle.equals(receiptHandle));
    }

    /** Purges the queue. */
    public synchronized void purge() {
        messages.clear();
    }

    /** Makes all in-flight messages visible at once, which simulates a second delivery. */
    public synchronized void makeAllVisible() {
        messages.forEach(message -> message.visibleAt = clock.instant());
    }

    synchronized boolean changeVisibility(String receiptHandle, Duration timeout) {
        Optional<Message> found = messages.stream()
                .filter(message -> message.receiptHandle.equals(receiptHandle))
                .findFirst();
        found.ifPresent(message -> message.visibleAt = clock.instant().plus(timeout));
        return found.isPresent();
    }

    private ObjectNode toRecord(Message message) {
        ObjectNode record = JsonNodeFactory.instance
                .objectNode()
                .put("messageId", message.id)
                .put("receiptHandle", message.receiptHandle)
                .put("body", message.body)
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", arn())
                .put("awsRegion", "eu-central-1");
        record.putObject("attributes")
                .put("ApproximateReceiveCount", Integer.toString(message.receiveCount))
                .put("SentTimestamp", Long.toString(message.sentAt.toEpochMilli()));
        record.set("messageAttributes", message.attributes);
        return record;
    }
}
