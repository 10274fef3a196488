package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.cloudwatch.DeliveryMetrics;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmState;
import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.Digest;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.alarms.notifier.outbox.OutboxEntry.Kind;
import io.reverser.awssdk.DynamoDbLeases;
import io.reverser.awssdk.DynamoDbLeases.Acquired;
import io.reverser.awssdk.DynamoDbLeases.Busy;
import io.reverser.awssdk.DynamoDbLeases.Lease;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** Publishes a channel's pending outbox entries under the channel's lease, within Slack's rate limit. */
public final class ChannelPublisher {

    private static final Logger LOG = Logger.getLogger(ChannelPublisher.class);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(2);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /**
     * How often to poll for the lease in a storm: less often, because the lease holder also publishes entries that
     * arrive meanwhile.
     */
    private static final Duration STORM_POLL_INTERVAL = Duration.ofSeconds(5);

    private final AlarmTable table;
    private final DynamoDbLeases leases;
    private final SlackClient slack;
    private final InstantSource clock;
    private final Duration minInterval;
    private final DeliveryMetrics metrics;

    public ChannelPublisher(
            AlarmTable table,
            DynamoDbLeases leases,
            SlackClient slack,
            InstantSource clock,
            Duration minInterval,
            DeliveryMetrics metrics) {
        this.table = table;
        this.leases = leases;
        this.slack = slack;
        this.clock = clock;
        this.minInterval = minInterval;
        this.metrics = metrics;
    }

    /**
     * The result of publishing a channel's outbox entries.
     *
     * @param pending outbox entries that are not published yet
     * @param rejected entries that Slack permanently rejects in this channel
     * @param retryAfter when publishing may be tried again
     * @param needsGraph alarms whose message needs a graph
     * @param isStale whether a message is out of date although no change is pending
     */
    public record PublishResult(
            List<OutboxEntry> pending,
            List<RejectedEntry> rejected,
            Duration retryAfter,
            List<String> needsGraph,
            boolean isStale) {

        public PublishResult {
            pending = List.copyOf(pending);
            rejected = List.copyOf(rejected);
            needsGraph = List.copyOf(needsGraph);
        }

        public Set<String> pendingIds() {
            return pending.stream().map(OutboxEntry::id).collect(Collectors.toSet());
        }
    }

    /**
     * An entry that Slack rejects, or that cannot be rendered.
     *
     * @param isChannelUnusable whether the channel accepts no messages at all
     * @param error Slack's error code, or the name of the exception
     */
    public record RejectedEntry(OutboxEntry entry, boolean isChannelUnusable, String error, String reason) {

        static RejectedEntry from(SlackException failure, OutboxEntry entry) {
            boolean isChannelUnusable = failure.kind() == SlackException.Kind.MISCONFIGURED;
            return new RejectedEntry(entry, isChannelUnusable, failure.error(), String.valueOf(failure.getMessage()));
        }

        static RejectedEntry from(RuntimeException crash, OutboxEntry entry) {
            return new RejectedEntry(
                    entry, false, crash.getClass().getSimpleName(), "It cannot be formatted: " + crash);
        }
    }

    /** Publishes as many of the channel's outbox entries as possible before the deadline. */
    public PublishResult publish(String channel, Instant until) {
        return switch (leases.acquire(channel)) {
            case Acquired(Lease lease) ->
                publish(new ChannelWriter(slack, leases, ChannelLease.of(lease), clock, minInterval), channel, until);
            case Busy(Duration wait) -> {
                List<OutboxEntry> pending = table.listPending(channel);
                yield new PublishResult(pending, List.of(), pollDelay(wait, pending.size()), List.of(), false);
            }
        };
    }

    private PublishResult publish(ChannelWriter writer, String channel, Instant until) {
        var digestPublisher = new DigestPublisher(table, clock);
        var rejected = new ArrayList<RejectedEntry>();
        var needsGraph = new ArrayList<String>();
        Duration retryAfter = POLL_INTERVAL;
        try {
            new InFlightRecovery(table, digestPublisher, clock).recover(writer);
            publishPending(writer, digestPublisher, until, rejected, needsGraph);
        } catch (SlackException failure) {
            retryAfter = recordFailure(writer, failure);
        } finally {
            writer.releaseLease();
        }
        Set<String> rejectedIds = rejected.stream().map(one -> one.entry().id()).collect(Collectors.toSet());
        List<OutboxEntry> pending = table.listPending(channel).stream()
                .filter(entry -> !rejectedIds.contains(entry.id()))
                .toList();
        boolean isStale = writer.lease().digest().filter(Digest::isStale).isPresent()
                || pending.stream().anyMatch(entry -> entry.kind() == Kind.REFRESH);
        return new PublishResult(pending, rejected, retryAfter, needsGraph, isStale);
    }

    private void publishPending(
            ChannelWriter writer,
            DigestPublisher digestPublisher,
            Instant until,
            List<RejectedEntry> rejected,
            List<String> needsGraph) {
        var entryPublisher = new EntryPublisher(table, digestPublisher, clock);
        while (clock.instant().isBefore(until)) {
            List<OutboxEntry> entries = table.listPending(writer.lease().channel()).stream()
                    .filter(entry ->
                            rejected.stream().noneMatch(one -> one.entry().equals(entry)))
                    .toList();
            if (entries.isEmpty()) {
                digestPublisher.refresh(writer);
                return;
            }
            List<OutboxEntry> batch = entries;
            try {
                List<OutboxEntry> folded = digestPublisher.nextBatch(writer.lease(), entries);
                batch = folded.isEmpty() ? List.of(OutboxEntry.selectNext(entries)) : folded;
                if (folded.isEmpty()) {
                    entryPublisher.publish(writer, batch.getFirst());
                    alarmNeedingGraph(batch.getFirst()).ifPresent(needsGraph::add);
                } else {
                    digestPublisher.append(writer, folded);
                    metrics.count(DeliveryMetrics.DeliveryCounter.FOLDED, folded.size());
                }
                metrics.count(DeliveryMetrics.DeliveryCounter.DELIVERED, (int) batch.stream()
                        .filter(entry -> entry.kind() != Kind.REFRESH)
                        .count());
            } catch (SlackException failure) {
                if (failure.kind() == SlackException.Kind.RETRYABLE) {
                    throw failure;
                }
                writer.setLease(writer.lease().withoutInFlight());
                batch.forEach(entry -> rejected.add(RejectedEntry.from(failure, entry)));
            } catch (SdkException failure) {
                throw failure;
            } catch (RuntimeException crash) {
                // A rejected alarm that cannot be formatted is posted as received.
                LOG.errorf(crash, "%s cannot be formatted", batch.getFirst().id());
                batch.forEach(entry -> rejected.add(RejectedEntry.from(crash, entry)));
            }
        }
    }

    private Duration recordFailure(ChannelWriter writer, SlackException failure) {
        Duration retryAfter = failure.isRateLimited()
                ? Duration.ofSeconds(failure.retryAfterSeconds())
                : backOff(writer.lease().failures());
        if (failure.isRateLimited()) {
            writer.setLease(writer.lease().withoutInFlight());
        }
        LOG.warnf("Slack: %s; next attempt in %d s", failure.getMessage(), retryAfter.toSeconds());
        writer.setLease(writer.lease().afterFailure(clock.instant().plus(retryAfter)));
        return retryAfter;
    }

    private static Duration backOff(int failures) {
        Duration delay = Duration.ofSeconds(1L << Math.min(failures, 7));
        return delay.compareTo(MAX_BACKOFF) < 0 ? delay : MAX_BACKOFF;
    }

    private static Duration pollDelay(Duration wait, int pendingCount) {
        Duration minDelay = pendingCount < Digest.STORM_THRESHOLD ? POLL_INTERVAL : STORM_POLL_INTERVAL;
        return wait.compareTo(minDelay) < 0 ? minDelay : wait;
    }

    private static Optional<String> alarmNeedingGraph(OutboxEntry entry) {
        return entry.kind() != Kind.LATE_NOTE
                        && entry.alarmKey().isPresent()
                        && entry.notification() instanceof StateChange change
                        && change.state() == AlarmState.ALARM
                ? entry.alarmKey()
                : Optional.empty();
    }
}
