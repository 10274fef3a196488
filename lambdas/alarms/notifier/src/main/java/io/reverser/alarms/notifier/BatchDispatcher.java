package io.reverser.alarms.notifier;

import io.reverser.alarms.notifier.cloudwatch.DeliveryMetrics;
import io.reverser.alarms.notifier.delivery.AlarmActions;
import io.reverser.alarms.notifier.delivery.AlarmDelivery;
import io.reverser.alarms.notifier.delivery.AlarmQueues;
import io.reverser.alarms.notifier.delivery.DeliveryFailures;
import io.reverser.alarms.notifier.delivery.SqsEvent.SqsMessage;
import io.reverser.alarms.notifier.delivery.WorkItem;
import io.reverser.alarms.notifier.graph.GraphAttacher;
import io.reverser.slack.client.SlackException;
import io.reverser.slack.request.ForwardedClick;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** Dispatches a batch of SQS messages: alarm notifications for delivery, and work items to their handlers. */
class BatchDispatcher {

    private static final Logger LOG = Logger.getLogger(BatchDispatcher.class);
    private static final Duration MIN_TIME_BUDGET = Duration.ofSeconds(1);
    private static final Duration MAX_TIME_BUDGET = Duration.ofSeconds(20);
    private static final int MAX_RECEIVES = 5;

    private final AlarmDelivery delivery;
    private final GraphAttacher graphAttacher;
    private final AlarmActions actions;
    private final DeliveryFailures failures;
    private final AlarmQueues queues;
    private final InstantSource clock;
    private final DeliveryMetrics metrics;

    BatchDispatcher(
            AlarmDelivery delivery,
            GraphAttacher graphAttacher,
            AlarmActions actions,
            DeliveryFailures failures,
            AlarmQueues queues,
            InstantSource clock,
            DeliveryMetrics metrics) {
        this.delivery = delivery;
        this.graphAttacher = graphAttacher;
        this.actions = actions;
        this.failures = failures;
        this.queues = queues;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Processes a batch of SQS messages.
     *
     * @param timeBudget how long the batch may take
     * @return the messages that SQS has to deliver again
     */
    List<SqsMessage> dispatch(List<SqsMessage> messages, Duration timeBudget) {
        Instant now = clock.instant();
        Instant until = now.plus(
                timeBudget.compareTo(MAX_TIME_BUDGET) > 0
                        ? MAX_TIME_BUDGET
                        : timeBudget.compareTo(MIN_TIME_BUDGET) < 0 ? MIN_TIME_BUDGET : timeBudget);
        Map<Boolean, List<SqsMessage>> sorted =
                messages.stream().collect(Collectors.partitioningBy(message -> queues.isWorkQueue(message.queueArn())));
        var unfinished = new ArrayList<SqsMessage>();
        List<SqsMessage> alarmMessages = sorted.getOrDefault(false, List.of());
        if (!alarmMessages.isEmpty()) {
            unfinished.addAll(delivery.deliver(alarmMessages, until, now));
        }
        for (SqsMessage workMessage : sorted.getOrDefault(true, List.of())) {
            if (!process(workMessage, until)) {
                failures.postpone(workMessage, MIN_TIME_BUDGET);
                unfinished.add(workMessage);
            }
        }
        metrics.flush(now);
        if (unfinished.stream().anyMatch(message -> !message.isQueued())) {
            throw new IllegalStateException("Not posted yet; the caller retries");
        }
        return unfinished;
    }

    /**
     * A work item that fails repeatedly is dropped: it contains no state change of an alarm, so no state change is
     * lost.
     */
    private boolean process(SqsMessage message, Instant until) {
        try {
            return switch (WorkItem.parse(message.body())) {
                case WorkItem.RenderGraph(String channel, String alarmKey) -> {
                    graphAttacher.attach(channel, alarmKey);
                    yield true;
                }
                case WorkItem.RefreshChannel(String channel) -> {
                    delivery.publish(channel, until);
                    yield true;
                }
                case WorkItem.Click(ForwardedClick click) -> actions.handle(click);
                case WorkItem.Unknown unknown -> {
                    LOG.error("Unknown work item dropped");
                    yield true;
                }
            };
        } catch (SdkException | SlackException failure) {
            LOG.warnf("Work item failed: %s", failure.getMessage());
            return message.receiveCount() >= MAX_RECEIVES;
        }
    }
}
