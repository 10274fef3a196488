package io.reverser.alarms.notifier.delivery;

import io.reverser.alarms.notifier.cloudwatch.DeliveryMetrics;
import io.reverser.alarms.notifier.cloudwatch.DeliveryMetrics.DeliveryCounter;
import io.reverser.alarms.notifier.delivery.AlarmRecorder.RecordResult;
import io.reverser.alarms.notifier.delivery.NotificationResolver.RoutedNotification;
import io.reverser.alarms.notifier.delivery.SqsEvent.SqsMessage;
import io.reverser.alarms.notifier.outbox.OutboxWriter.OutboxRef;
import io.reverser.alarms.notifier.publish.ChannelPublisher;
import io.reverser.alarms.notifier.publish.ChannelPublisher.PublishResult;
import io.reverser.alarms.notifier.publish.ChannelPublisher.RejectedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Delivers notifications from the queue to Slack. An SQS message is done when its change is in Slack, or in the
 * dead-letter queue with the reason for the failure.
 */
public final class AlarmDelivery {

    private static final Logger LOG = Logger.getLogger(AlarmDelivery.class);

    /**
     * A rejected entry is posted formatted, then as plain text, then both ways in the fallback channel; the fifth round
     * obtains the final result.
     */
    private static final int MAX_ROUNDS = 5;

    private final AlarmRecorder recorder;
    private final ChannelPublisher publisher;
    private final DeliveryFailures failures;
    private final DeliveryMetrics metrics;

    public AlarmDelivery(
            AlarmRecorder recorder, ChannelPublisher publisher, DeliveryFailures failures, DeliveryMetrics metrics) {
        this.recorder = recorder;
        this.publisher = publisher;
        this.failures = failures;
        this.metrics = metrics;
    }

    /** An SQS message whose notification is recorded in the outbox. */
    private record RecordedMessage(SqsMessage message, OutboxRef ref) {}

    /** Delivers a batch of notifications, and returns the SQS messages that have to be received again. */
    public List<SqsMessage> deliver(List<SqsMessage> messages, Instant until, Instant now) {
        var unfinished = new ArrayList<SqsMessage>();
        var recordedMessages = new ArrayList<RecordedMessage>();
        for (RecordResult result : recorder.recordAll(messages)) {
            RoutedNotification routed = result.routed();
            if (result.ref().isPresent()) {
                recordedMessages.add(
                        new RecordedMessage(routed.message(), result.ref().get()));
            } else if (!failures.postWithoutStore(routed.inbound(), routed.route(), routed.message(), now)) {
                unfinished.add(routed.message());
            }
        }
        unfinished.addAll(publishRecorded(recordedMessages, until, now));
        return unfinished;
    }

    /** Publishes the pending outbox entries of a channel, and reroutes the entries that Slack rejects there. */
    public PublishResult publish(String channel, Instant until) {
        PublishResult result = publisher.publish(channel, until);
        for (RejectedEntry rejected : result.rejected()) {
            failures.handleRejection(channel, rejected);
        }
        failures.enqueueFollowUps(channel, result);
        return result;
    }

    private List<SqsMessage> publishRecorded(List<RecordedMessage> recordedMessages, Instant until, Instant now) {
        var pendingIds = new HashSet<String>();
        Duration retryAfter = Duration.ZERO;
        try {
            for (PublishResult result : publishInRounds(recordedMessages, until)) {
                retryAfter = longer(retryAfter, result.retryAfter());
                pendingIds.addAll(result.pendingIds());
            }
        } catch (SdkException failure) {
            LOG.warnf("It is unknown which alarms were posted: %s", failure.getMessage());
            recordedMessages.forEach(recorded -> pendingIds.add(recorded.ref().entryId()));
            retryAfter = longer(retryAfter, Duration.ofSeconds(5));
        }
        return unfinished(recordedMessages, pendingIds, retryAfter, now);
    }

    /**
     * Publishes in rounds, because rejected entries are published again as plain text, or in the fallback channel.
     * Returns the last result of each channel.
     */
    private Collection<PublishResult> publishInRounds(List<RecordedMessage> recordedMessages, Instant until) {
        var results = new LinkedHashMap<String, PublishResult>();
        var next = new LinkedHashSet<String>();
        recordedMessages.forEach(recorded -> next.add(recorded.ref().channel()));
        for (int round = 0; round < MAX_ROUNDS && !next.isEmpty(); round++) {
            List<String> channels = List.copyOf(next);
            next.clear();
            for (String channel : channels) {
                PublishResult result = publish(channel, until);
                results.put(channel, result);
                if (!result.rejected().isEmpty()) {
                    next.add(channel);
                    next.add(failures.fallback().channel());
                }
            }
        }
        return results.values();
    }

    private List<SqsMessage> unfinished(
            List<RecordedMessage> recordedMessages, Set<String> pendingIds, Duration retryAfter, Instant now) {
        var unfinished = new ArrayList<SqsMessage>();
        for (RecordedMessage recorded : recordedMessages) {
            if (pendingIds.contains(recorded.ref().entryId())) {
                if (!failures.isTooOld(recorded.message(), now)
                        || !failures.giveUp(recorded.ref(), recorded.message())) {
                    failures.postpone(recorded.message(), retryAfter);
                    unfinished.add(recorded.message());
                }
            } else if (recorded.ref().isDuplicate()) {
                metrics.count(DeliveryCounter.DUPLICATE, 1);
            }
        }
        return unfinished;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
