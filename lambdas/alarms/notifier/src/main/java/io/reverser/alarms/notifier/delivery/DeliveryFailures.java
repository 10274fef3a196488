package io.reverser.alarms.notifier.delivery;

import io.reverser.alarms.notifier.cloudwatch.DeliveryMetrics;
import io.reverser.alarms.notifier.cloudwatch.DeliveryMetrics.DeliveryCounter;
import io.reverser.alarms.notifier.delivery.SqsEvent.SqsMessage;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.InboundNotification;
import io.reverser.alarms.notifier.message.AlarmMessages;
import io.reverser.alarms.notifier.message.AlarmText;
import io.reverser.alarms.notifier.outbox.AlarmRecord;
import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.Episode;
import io.reverser.alarms.notifier.outbox.MessageState;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.alarms.notifier.outbox.OutboxEntry.Kind;
import io.reverser.alarms.notifier.outbox.OutboxWriter;
import io.reverser.alarms.notifier.outbox.OutboxWriter.OutboxRef;
import io.reverser.alarms.notifier.publish.ChannelPublisher.PublishResult;
import io.reverser.alarms.notifier.publish.ChannelPublisher.RejectedEntry;
import io.reverser.alarms.routes.Route;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackException;
import io.reverser.slack.message.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** Handles notifications that cannot be delivered normally. */
public final class DeliveryFailures {

    private static final Logger LOG = Logger.getLogger(DeliveryFailures.class);

    /**
     * Redelivery is delayed by one second for this many receives of a message, so that the message reaches its maximum
     * age before the queue's maximum receive count.
     */
    private static final int RECEIVES_PER_SECOND_OF_DELAY = 5;

    private static final int MAX_DELAY_SECONDS = 120;

    /**
     * How long a notification waits while DynamoDB is unavailable; most outages are shorter. After this time, alarms
     * are posted without being stored, and later changes get a new message.
     */
    private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration TABLE_RETRY_DELAY = Duration.ofSeconds(2);

    private final AlarmTable table;
    private final OutboxWriter outbox;
    private final AlarmQueues queues;
    private final SlackClient slack;
    private final Route fallback;
    private final Duration maxAge;
    private final DeliveryMetrics metrics;

    /**
     * @param fallback the route for notifications that the intended channel does not accept
     * @param maxAge how long delivery is retried before the notification goes to the dead-letter queue
     */
    public DeliveryFailures(
            AlarmTable table,
            OutboxWriter outbox,
            AlarmQueues queues,
            SlackClient slack,
            Route fallback,
            Duration maxAge,
            DeliveryMetrics metrics) {
        this.table = table;
        this.outbox = outbox;
        this.queues = queues;
        this.slack = slack;
        this.fallback = fallback;
        this.maxAge = maxAge;
        this.metrics = metrics;
    }

    /** The route for notifications that the intended channel does not accept. */
    Route fallback() {
        return fallback;
    }

    boolean isTooOld(SqsMessage message, Instant now) {
        return message.sentAt().filter(sent -> now.isAfter(sent.plus(maxAge))).isPresent();
    }

    /** Makes a message visible again after this delay, or after a longer one if it has been received many times. */
    public void postpone(SqsMessage message, Duration delay) {
        metrics.count(DeliveryCounter.DEFERRED, 1);
        if (!message.isQueued()) {
            return;
        }
        try {
            Duration backOff = Duration.ofSeconds(
                    Math.min(message.receiveCount() / RECEIVES_PER_SECOND_OF_DELAY, MAX_DELAY_SECONDS));
            queues.changeVisibility(message, backOff.compareTo(delay) > 0 ? backOff : delay);
        } catch (SdkException failure) {
            LOG.warnf("The visibility timeout was not changed: %s", failure.getMessage());
        }
    }

    /**
     * Posts a notification that could not be recorded within 30 seconds. Returns true if the SQS message can be
     * deleted.
     */
    boolean postWithoutStore(InboundNotification inbound, Route route, SqsMessage message, Instant now) {
        if (message.sentAt()
                .filter(sent -> now.isBefore(sent.plus(TABLE_TIMEOUT)))
                .isPresent()) {
            postpone(message, TABLE_RETRY_DELAY);
            return false;
        }
        String id = OutboxEntry.idFor(inbound.payload());
        var entry = new OutboxEntry(
                id,
                Kind.NEW_MESSAGE,
                inbound.alarmKey(),
                inbound.payload(),
                inbound.tags(),
                false,
                inbound.mentions(),
                now,
                Optional.of(
                        "Posted without being stored, because DynamoDB was unavailable. Later changes get a new message."));
        try {
            slack.post(route.channel(), renderSafely(entry, now).withDedupKey(id));
            metrics.count(DeliveryCounter.NOT_STORED, 1);
            return true;
        } catch (SlackException failure) {
            if (failure.kind() == SlackException.Kind.RETRYABLE && !isTooOld(message, now)) {
                postpone(message, Duration.ofSeconds(failure.retryAfterSeconds()));
                return false;
            }
            return sendToDeadLetterQueue(inbound.payload().text(), String.valueOf(failure.getMessage()));
        }
    }

    /** Reroutes a rejected entry: to the fallback channel, as plain text, or to the dead-letter queue. */
    void handleRejection(String channel, RejectedEntry rejected) {
        OutboxEntry entry = rejected.entry();
        if (entry.kind() == Kind.REFRESH) {
            // A refresh contains no state change that could be lost.
            table.deleteEntries(channel, List.of(entry.id()));
        } else if (rejected.isChannelUnusable() && !channel.equals(fallback.channel())) {
            metrics.count(DeliveryCounter.FALLBACK_CHANNEL, 1);
            outbox.record(
                    new InboundNotification(entry.payload(), entry.tags(), entry.mentions()),
                    fallback,
                    Optional.of("Posted here because %s accepts no messages: %s".formatted(channel, rejected.error())));
            allowRedelivery(channel, entry);
        } else if (!rejected.isChannelUnusable() && entry.kind() != Kind.PLAIN_TEXT) {
            table.addEntry(channel, entry.asPlainText("Slack rejected the formatted message: " + rejected.error()));
        } else if (sendToDeadLetterQueue(entry.payload().text(), rejected.reason())) {
            allowRedelivery(channel, entry);
        }
    }

    /** Sends a notification that reached the maximum age to the dead-letter queue; returns false if that fails. */
    boolean giveUp(OutboxRef ref, SqsMessage message) {
        if (!sendToDeadLetterQueue(message.body(), "it could not be posted within " + AlarmText.elapsed(maxAge))) {
            return false;
        }
        table.listPending(ref.channel()).stream()
                .filter(entry -> entry.id().equals(ref.entryId()))
                .forEach(entry -> allowRedelivery(ref.channel(), entry));
        return true;
    }

    /** Enqueues work items: graphs of firing alarms, and a refresh of the channel if a message is out of date. */
    void enqueueFollowUps(String channel, PublishResult result) {
        try {
            for (String alarmKey : result.needsGraph()) {
                queues.enqueueWork(WorkItem.renderGraph(channel, alarmKey), Duration.ZERO);
            }
            if (result.isStale()) {
                queues.enqueueWork(WorkItem.refreshChannel(channel), result.retryAfter());
            }
        } catch (SdkException failure) {
            LOG.warnf("No graphs requested: %s", failure.getMessage());
            metrics.count(DeliveryCounter.GRAPH_FAILED, result.needsGraph().size());
        }
    }

    /** The formatted message, or the payload as received if formatting fails. */
    private static SlackMessage renderSafely(OutboxEntry entry, Instant now) {
        try {
            return render(entry, now);
        } catch (RuntimeException crash) {
            LOG.errorf(crash, "%s cannot be formatted", entry.id());
            return AlarmMessages.plainText(entry);
        }
    }

    private static SlackMessage render(OutboxEntry entry, Instant now) {
        return entry.notification() instanceof StateChange change
                ? AlarmMessages.alarm(
                        new AlarmRecord(
                                Episode.startWith(change), entry.payload(), entry.tags(), MessageState.NOT_POSTED, 0),
                        entry,
                        now)
                : AlarmMessages.notification(entry);
    }

    private boolean sendToDeadLetterQueue(String body, String reason) {
        try {
            queues.deadLetter(body, reason);
            metrics.count(DeliveryCounter.FAILED, 1);
            LOG.errorf("An alarm was not posted and is in the dead-letter queue: %s", reason);
            return true;
        } catch (SdkException failure) {
            LOG.errorf("Dead-lettering failed and will be retried: %s", failure.getMessage());
            return false;
        }
    }

    /**
     * Removes the change from the DynamoDB table, so that the change is not ignored as a duplicate when it is redriven
     * from the dead-letter queue.
     */
    private void allowRedelivery(String channel, OutboxEntry entry) {
        if (entry.notification() instanceof StateChange change) {
            Optional<AlarmRecord> alarm;
            do {
                alarm = table.find(channel, change.alarm().key());
            } while (alarm.isPresent()
                    && !table.write(
                            channel,
                            alarm.get().withEpisode(alarm.get().episode().without(change)),
                            Optional.empty()));
        } else {
            table.deleteDedupRecord(channel, entry);
        }
        table.deleteEntries(channel, List.of(entry.id()));
    }
}
