package io.reverser.alarms.notifier.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.AwsJsonClient.Service;
import java.time.Duration;

/** The SQS queues: of alarms, of work for later, and of dead letters. */
public final class AlarmQueues {

    private static final Duration MAX_VISIBILITY_TIMEOUT = Duration.ofHours(12);

    private final AwsJsonClient aws;
    private final Urls urls;

    public AlarmQueues(AwsJsonClient aws, Urls urls) {
        this.aws = aws;
        this.urls = urls;
    }

    /**
     * The URLs of the queues.
     *
     * @param alarms notifications from CloudWatch
     * @param work clicks, graphs to render and channels to refresh
     * @param deadLetters what could not be delivered
     */
    public record Urls(String alarms, String work, String deadLetters) {}

    /** Whether a message with this ARN as its source is work. */
    public boolean isWorkQueue(String arn) {
        return name(arn, ':').equals(name(urls.work(), '/'));
    }

    /** Keeps a message from being handed out again for so long. */
    void changeVisibility(SqsEvent.SqsMessage message, Duration timeout) {
        Duration capped = timeout.compareTo(MAX_VISIBILITY_TIMEOUT) > 0 ? MAX_VISIBILITY_TIMEOUT : timeout;
        aws.call(
                Service.SQS,
                "ChangeMessageVisibility",
                aws.newObject()
                        .put("QueueUrl", isWorkQueue(message.queueArn()) ? urls.work() : urls.alarms())
                        .put("ReceiptHandle", message.receiptHandle())
                        .put(
                                "VisibilityTimeout",
                                Math.max(0, capped.plusMillis(999).toSeconds())));
    }

    /** Work for later. */
    void enqueueWork(String body, Duration delay) {
        aws.call(
                Service.SQS,
                "SendMessage",
                aws.newObject()
                        .put("QueueUrl", urls.work())
                        .put("MessageBody", body)
                        .put("DelaySeconds", delay.toSeconds()));
    }

    /** Gives up; the message says why. */
    void deadLetter(String body, String reason) {
        ObjectNode message = aws.newObject().put("QueueUrl", urls.deadLetters()).put("MessageBody", body);
        message.putObject("MessageAttributes")
                .putObject("reason")
                .put("DataType", "String")
                .put("StringValue", reason);
        aws.call(Service.SQS, "SendMessage", message);
    }

    private static String name(String address, char before) {
        return address.substring(address.lastIndexOf(before) + 1);
    }
}
