package io.reverser.alarms.notifier.delivery;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The SQS queues: notifications, work items and dead letters. */
public final class AlarmQueues {

    private static final Duration MAX_VISIBILITY_TIMEOUT = Duration.ofHours(12);

    private final SqsClient sqs;
    private final Urls urls;

    public AlarmQueues(SqsClient sqs, Urls urls) {
        this.sqs = sqs;
        this.urls = urls;
    }

    /**
     * The URLs of the queues.
     *
     * @param alarms the queue of notifications from CloudWatch
     * @param work the queue of clicks, graphs to render, and channels whose messages are out of date
     * @param deadLetters the queue of notifications that could not be delivered
     */
    public record Urls(String alarms, String work, String deadLetters) {}

    /** Whether messages from the queue with this ARN are work items. */
    public boolean isWorkQueue(String arn) {
        return name(arn, ':').equals(name(urls.work(), '/'));
    }

    /** Sets the message's visibility timeout: no receiver gets the message during this time. */
    void changeVisibility(SqsEvent.SqsMessage message, Duration timeout) {
        Duration capped = timeout.compareTo(MAX_VISIBILITY_TIMEOUT) > 0 ? MAX_VISIBILITY_TIMEOUT : timeout;
        sqs.changeMessageVisibility(change -> change.queueUrl(
                        isWorkQueue(message.queueArn()) ? urls.work() : urls.alarms())
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout((int) Math.max(0, capped.plusMillis(999).toSeconds())));
    }

    /** Sends a work item to the work queue, in which it becomes visible after this delay. */
    void enqueueWork(String body, Duration delay) {
        sqs.sendMessage(send -> send.queueUrl(urls.work()).messageBody(body).delaySeconds((int) delay.toSeconds()));
    }

    /** Sends a message to the dead-letter queue, with the reason for the failure as a message attribute. */
    void deadLetter(String body, String reason) {
        var attribute = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(reason)
                .build();
        sqs.sendMessage(send ->
                send.queueUrl(urls.deadLetters()).messageBody(body).messageAttributes(Map.of("reason", attribute)));
    }

    private static String name(String address, char before) {
        return address.substring(address.lastIndexOf(before) + 1);
    }
}
