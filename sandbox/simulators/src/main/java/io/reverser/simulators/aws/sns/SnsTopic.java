package io.reverser.simulators.aws.sns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.sqs.SqsQueue;
import java.time.InstantSource;
import java.util.UUID;

/** An SNS topic with one queue as its subscriber. */
public final class SnsTopic {

    private final String arn;
    private final SqsQueue subscriber;
    private final InstantSource clock;

    /** Creates a topic with the given name in eu-central-1. */
    public SnsTopic(String name, SqsQueue subscriber, InstantSource clock) {
        this.arn = "arn:aws:sns:eu-central-1:111122223333:" + name;
        this.subscriber = subscriber;
        this.clock = clock;
    }

    /** The topic's ARN. */
    public String arn() {
        return arn;
    }

    /** Sends a message to the subscribed queue, in the JSON envelope of SNS. */
    public void publish(String subject, String message) {
        ObjectNode envelope = JsonNodeFactory.instance
                .objectNode()
                .put("Type", "Notification")
                .put("MessageId", UUID.randomUUID().toString())
                .put("TopicArn", arn)
                .put("Subject", subject)
                .put("Message", message)
                .put("Timestamp", clock.instant().toString())
                .put("SignatureVersion", "1");
        subscriber.send(envelope.toString());
    }
}
