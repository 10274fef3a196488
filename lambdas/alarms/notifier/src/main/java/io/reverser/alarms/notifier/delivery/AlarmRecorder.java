package io.reverser.alarms.notifier.delivery;

import io.reverser.alarms.notifier.delivery.NotificationResolver.RoutedNotification;
import io.reverser.alarms.notifier.delivery.SqsEvent.SqsMessage;
import io.reverser.alarms.notifier.outbox.OutboxWriter;
import io.reverser.alarms.notifier.outbox.OutboxWriter.OutboxRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Records notifications in the outbox before any is published: different alarms in parallel, the state changes of one
 * alarm in order.
 */
public final class AlarmRecorder {

    private static final Logger LOG = Logger.getLogger(AlarmRecorder.class);

    /** The same as the number of connections per host that the JDK's HTTP client keeps alive. */
    private static final int MAX_CONCURRENCY = 5;

    private final NotificationResolver resolver;
    private final OutboxWriter outbox;

    public AlarmRecorder(NotificationResolver resolver, OutboxWriter outbox) {
        this.resolver = resolver;
        this.outbox = outbox;
    }

    /**
     * The outcome of recording one notification.
     *
     * @param ref a reference to the outbox entry; empty if DynamoDB is unavailable
     */
    record RecordResult(RoutedNotification routed, Optional<OutboxRef> ref) {}

    List<RecordResult> recordAll(List<SqsMessage> messages) {
        return messages.stream()
                .gather(Gatherers.mapConcurrent(MAX_CONCURRENCY, resolver::resolve))
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(
                        routed -> routed.inbound().alarmKey(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .gather(Gatherers.mapConcurrent(MAX_CONCURRENCY, this::recordInOrder))
                .flatMap(List::stream)
                .toList();
    }

    private List<RecordResult> recordInOrder(List<RoutedNotification> inOrder) {
        return inOrder.stream()
                .map(routed -> new RecordResult(routed, tryRecord(routed)))
                .toList();
    }

    private Optional<OutboxRef> tryRecord(RoutedNotification routed) {
        try {
            return Optional.of(outbox.record(routed.inbound(), routed.route(), Optional.empty()));
        } catch (SdkException failure) {
            LOG.warnf("Not recorded: %s", failure.getMessage());
            return Optional.empty();
        }
    }
}
