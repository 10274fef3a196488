package io.reverser.simulators.aws;

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

/** A standard queue: at least once, in about the order in which it was sent. */
public final class SqsQueue {

    private final String name;
    private final Duration visibility;
    private final InstantSource clock;
    private final List<Message> messages = new ArrayList<>();
    private Optional<Redrive> redrive = Optional.empty();

    private record Redrive(SqsQueue target, int mostReceives) {}

    /** What is in the queue. */
    private static final class Message {
        private final String id = UUID.randomUUID().toString();
        private final String body;
        private final JsonNode attributes;
        private final Instant sent;
        private Instant visible;
        private String receipt = "";
        private int receives;

        Message(String body, JsonNode attributes, Instant sent, Instant visible) {
            this.body = body;
            this.attributes = attributes;
            this.sent = sent;
            this.visible = visible;
        }
    }

    SqsQueue(String name, Duration visibility, InstantSource clock) {
        this.name = name;
        this.visibility = visibility;
        this.clock = clock;
    }

    /** Where messages go that were handed out so often and never deleted. */
    public synchronized SqsQueue redriveTo(SqsQueue target, int mostReceives) {
        redrive = Optional.of(new Redrive(target, mostReceives));
        return this;
    }

    /** Its ARN. */
    public String arn() {
        return "arn:aws:sqs:eu-central-1:111122223333:" + name;
    }

    /** For SendMessage. */
    public String url() {
        return "https://sqs.eu-central-1.amazonaws.com/111122223333/" + name;
    }

    /** Sends. */
    public String send(String body) {
        return send(body, JsonNodeFactory.instance.objectNode(), Duration.ZERO);
    }

    synchronized String send(String body, JsonNode attributes, Duration delay) {
        Instant now = clock.instant();
        var message = new Message(body, attributes, now, now.plus(delay));
        messages.add(message);
        return message.id;
    }

    /** How many messages it holds, also those that were handed out. */
    public synchronized int size() {
        return messages.size();
    }

    /** Everything that it holds, as Lambda shows it to a function. */
    public synchronized List<ObjectNode> peek() {
        return messages.stream().map(this::record).toList();
    }

    /** Hands out at most so many, as Lambda shows them to a function. */
    public synchronized List<ObjectNode> receive(int most) {
        Instant now = clock.instant();
        var handed = new ArrayList<ObjectNode>();
        Iterator<Message> all = messages.iterator();
        while (all.hasNext() && handed.size() < most) {
            Message message = all.next();
            if (message.visible.isAfter(now)) {
                continue;
            }
            if (redrive.filter(limit -> message.receives >= limit.mostReceives())
                    .isPresent()) {
                all.remove();
                redrive.orElseThrow().target().send(message.body, message.attributes, Duration.ZERO);
                continue;
            }
            message.receives++;
            message.visible = now.plus(visibility);
            message.receipt = UUID.randomUUID().toString();
            handed.add(record(message));
        }
        return handed;
    }

    /** Takes a message out; an old receipt takes nothing. */
    public synchronized void delete(String receipt) {
        messages.removeIf(message -> message.receipt.equals(receipt));
    }

    /** Throws everything away. */
    public synchronized void clear() {
        messages.clear();
    }

    /** Hands out what is hidden, as a second delivery would. */
    public synchronized void deliverAgain() {
        messages.forEach(message -> message.visible = clock.instant());
    }

    synchronized boolean hide(String receipt, Duration longer) {
        Optional<Message> found = messages.stream()
                .filter(message -> message.receipt.equals(receipt))
                .findFirst();
        found.ifPresent(message -> message.visible = clock.instant().plus(longer));
        return found.isPresent();
    }

    private ObjectNode record(Message message) {
        ObjectNode record = JsonNodeFactory.instance
                .objectNode()
                .put("messageId", message.id)
                .put("receiptHandle", message.receipt)
                .put("body", message.body)
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", arn())
                .put("awsRegion", "eu-central-1");
        record.putObject("attributes")
                .put("ApproximateReceiveCount", Integer.toString(message.receives))
                .put("SentTimestamp", Long.toString(message.sent.toEpochMilli()));
        record.set("messageAttributes", message.attributes);
        return record;
    }
}
