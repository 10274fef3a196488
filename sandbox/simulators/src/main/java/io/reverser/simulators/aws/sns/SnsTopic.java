package io.reverser.simulators.aws.sns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.sqs.SqsQueue;
import java.time.InstantSource;
import java.util.UUID;

/** An Amazon SNS topic with one queue behind it. */
public final class SnsTopic {

    private final String arn;
    private final SqsQueue subscriber;
    private final InstantSource clock;

    /** A topic of this name in Frankfurt. */
    public SnsTopic(String name, SqsQueue subscriber, InstantSource clock) {
        this.arn = "arn:aws:sns:eu-central-1:111122223333:" + name;
        this.subscriber = subscriber;
        this.clock = clock;
    }

    /** Its ARN. */
    public String arn() {
        return arn;
    }

    /** Hands a message to the queue, in its envelope. */
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
