package io.reverser.alarms.notifier.publish;

import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A channel's turn for something short. */
public final class ChannelLock {

    /** How many turns of others are waited for. */
    private static final int MAX_WAIT_INTERVALS = 8;

    private final ChannelLeases leases;
    private final SlackClient slack;
    private final ChannelWriter.RateLimit rateLimit;

    public ChannelLock(ChannelLeases leases, SlackClient slack, ChannelWriter.RateLimit rateLimit) {
        this.leases = leases;
        this.slack = slack;
        this.rateLimit = rateLimit;
    }

    /** How long one waits for Slack between two words. */
    public Duration minInterval() {
        return rateLimit.minInterval();
    }

    public Instant now() {
        return rateLimit.clock().instant();
    }

    /** Speaks when the channel is free; whether it was in time. What somebody left in doubt, stays in doubt. */
    public boolean withLease(String channel, Consumer<ChannelWriter> action) {
        long end = System.nanoTime() + rateLimit.minInterval().toNanos() * MAX_WAIT_INTERVALS;
        while (System.nanoTime() < end) {
            ChannelLeases.Acquisition acquisition = leases.acquire(channel);
            if (acquisition.lease().isPresent()) {
                runAndRelease(
                        new ChannelWriter(slack, leases, acquisition.lease().get(), rateLimit), action);
                return true;
            }
            try {
                Thread.sleep(rateLimit.minInterval().dividedBy(MAX_WAIT_INTERVALS));
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
                writer.setLease(writer.lease().afterFailure(now().plusSeconds(failure.retryAfterSeconds())));
            }
            throw failure;
        } finally {
            leases.release(writer.lease());
        }
    }
}
