package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.publish.ChannelLease.InFlightPost;
import io.reverser.awssdk.DynamoDbLeases;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackException;
import io.reverser.slack.message.SlackMessage;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Posts to one channel under its lease: at most once a second, and each message once. A post is recorded as in flight
 * before it is sent; after a crash, the next lease holder checks whether it arrived.
 */
public final class ChannelWriter {

    private final SlackClient slack;
    private final DynamoDbLeases leases;
    private final InstantSource clock;
    private final Duration minInterval;
    private ChannelLease lease;

    ChannelWriter(
            SlackClient slack, DynamoDbLeases leases, ChannelLease lease, InstantSource clock, Duration minInterval) {
        this.slack = slack;
        this.leases = leases;
        this.lease = lease;
        this.clock = clock;
        this.minInterval = minInterval;
    }

    ChannelLease lease() {
        return lease;
    }

    void setLease(ChannelLease newer) {
        lease = newer;
    }

    /** Posts a message that publishes these outbox entries. */
    PostedMessage post(SlackMessage message, String dedupKey, List<String> entryIds) {
        markInFlight(new InFlightPost(dedupKey, Optional.empty(), entryIds));
        awaitRateLimit();
        PostedMessage posted = slack.post(lease.channel(), message.withDedupKey(dedupKey));
        recordSuccess();
        return posted;
    }

    /** Posts a reply in a thread; the reply publishes these outbox entries. */
    void reply(String parentTs, SlackMessage message, String dedupKey, List<String> entryIds) {
        markInFlight(new InFlightPost(dedupKey, Optional.of(parentTs), entryIds));
        awaitRateLimit();
        slack.reply(new PostedMessage(lease.channel(), parentTs), message.withDedupKey(dedupKey));
        recordSuccess();
    }

    /** Updates a message (idempotent). */
    public void update(String ts, SlackMessage message) {
        awaitRateLimit();
        slack.update(new PostedMessage(lease.channel(), ts), message);
        recordSuccess();
    }

    /**
     * Updates a message. If Slack rejects its images, for example because their files were deleted, the message is
     * updated without images.
     */
    public void updateOrDropImages(String ts, SlackMessage message) {
        try {
            update(ts, message);
        } catch (SlackException failure) {
            if (!failure.error().equals("invalid_blocks") || !message.hasImages()) {
                throw failure;
            }
            update(ts, message.withoutImages());
        }
    }

    /** Searches Slack for a post whose outcome was not recorded. */
    Optional<PostedMessage> findPosted(InFlightPost inFlight) {
        return inFlight.threadTs()
                .map(thread -> slack.findReply(new PostedMessage(lease.channel(), thread), inFlight.dedupKey()))
                .orElseGet(() -> find(inFlight.dedupKey()));
    }

    /** Searches the channel's messages of the last day for the one with this deduplication key. */
    Optional<PostedMessage> find(String dedupKey) {
        return slack.find(lease.channel(), dedupKey, clock.instant().minus(Duration.ofDays(1)));
    }

    /** Extends the channel's lease, and saves the lease's state for its next holder. */
    void renewLease() {
        leases.renew(lease.toLease());
    }

    void releaseLease() {
        leases.release(lease.toLease());
    }

    private void markInFlight(InFlightPost post) {
        lease = lease.withInFlight(post);
        renewLease();
    }

    private void recordSuccess() {
        lease = lease.afterSuccess(clock.instant().plus(minInterval));
    }

    /**
     * Waits until the rate limit allows a call; never longer than the minimum interval, even if the recorded time is
     * wrong because of a wrong clock.
     */
    private void awaitRateLimit() {
        Instant now = clock.instant();
        Duration wait = Duration.between(now, lease.notBefore());
        try {
            Thread.sleep(wait.isNegative() ? Duration.ZERO : wait.compareTo(minInterval) > 0 ? minInterval : wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
