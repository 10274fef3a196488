package io.reverser.alarms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsApi.Service;
import java.time.Duration;

/** Amazon SQS: what has to wait, what is to be done later, and what nobody could be told. */
final class Queues {

    private static final Duration LONGEST = Duration.ofHours(12);

    private final AwsApi aws;
    private final Addresses addresses;

    Queues(AwsApi aws, Addresses addresses) {
        this.aws = aws;
        this.addresses = addresses;
    }

    /**
     * Where they are.
     *
     * @param alarms of what CloudWatch says
     * @param work of clicks and of pictures to be drawn
     * @param deadLetters of what nobody could be told
     */
    record Addresses(String alarms, String work, String deadLetters) {}

    /** Whether a message with this ARN as its source is work. */
    boolean isWork(String arn) {
        return name(arn, ':').equals(name(addresses.work(), '/'));
    }

    /** Keeps a message from being handed out again for so long. */
    void hide(Delivery.Message message, Duration time) {
        Duration shown = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        aws.call(
                Service.SQS,
                "ChangeMessageVisibility",
                aws.object()
                        .put("QueueUrl", isWork(message.queue()) ? addresses.work() : addresses.alarms())
                        .put("ReceiptHandle", message.receipt())
                        .put(
                                "VisibilityTimeout",
                                Math.max(0, shown.plusMillis(999).toSeconds())));
    }

    /** Work for later. */
    void work(String body, Duration delay) {
        aws.call(
                Service.SQS,
                "SendMessage",
                aws.object()
                        .put("QueueUrl", addresses.work())
                        .put("MessageBody", body)
                        .put("DelaySeconds", delay.toSeconds()));
    }

    /** Gives up; the message says why. */
    void bury(String body, String reason) {
        ObjectNode message =
                aws.object().put("QueueUrl", addresses.deadLetters()).put("MessageBody", body);
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
