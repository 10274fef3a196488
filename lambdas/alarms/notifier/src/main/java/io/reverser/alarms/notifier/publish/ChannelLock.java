package io.reverser.alarms.notifier.publish;

import io.reverser.awssdk.DynamoDbLeases;
import io.reverser.awssdk.DynamoDbLeases.Acquired;
import io.reverser.awssdk.DynamoDbLeases.Lease;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Runs short actions under a channel's lease. */
public final class ChannelLock {

    /** How many rate-limit intervals to wait for the lease, and how often to poll per interval. */
    private static final int MAX_WAIT_INTERVALS = 8;

    private final DynamoDbLeases leases;
    private final SlackClient slack;
    private final InstantSource clock;
    private final Duration minInterval;

    public ChannelLock(DynamoDbLeases leases, SlackClient slack, InstantSource clock, Duration minInterval) {
        this.leases = leases;
        this.slack = slack;
        this.clock = clock;
        this.minInterval = minInterval;
    }

    /**
     * Waits for the channel's lease and runs an action under it. An in-flight post of an earlier holder stays in flight.
     *
     * @return false if the lease was not acquired in time
     */
    public boolean withLease(String channel, Consumer<ChannelWriter> action) {
        long end = System.nanoTime() + minInterval.toNanos() * MAX_WAIT_INTERVALS;
        while (System.nanoTime() < end) {
            if (leases.acquire(channel) instanceof Acquired(Lease lease)) {
                runAndRelease(new ChannelWriter(slack, leases, ChannelLease.of(lease), clock, minInterval), action);
                return true;
            }
            try {
                Thread.sleep(minInterval.dividedBy(MAX_WAIT_INTERVALS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private void runAndRelease(ChannelWriter writer, Consumer<ChannelWriter> action) {
        try {
            action.accept(writer);
        } catch (SlackException failure) {
            if (failure.isRateLimited()) {
                writer.setLease(writer.lease().afterFailure(clock.instant().plusSeconds(failure.retryAfterSeconds())));
            }
            throw failure;
        } finally {
            writer.releaseLease();
        }
    }
}
