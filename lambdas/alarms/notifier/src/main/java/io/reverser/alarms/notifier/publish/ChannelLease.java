package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.outbox.Digest;
import io.reverser.alarms.notifier.outbox.TableJson;
import io.reverser.awssdk.DynamoDbLeases.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The lease of a Slack channel, with the state that its next holder needs. The lease ensures that only one publisher at
 * a time posts in the channel, at most once a second.
 *
 * @param holder identifies the publisher that holds the lease
 * @param notBefore the earliest time at which the rate limit allows the next post
 * @param failures the number of consecutive failed calls to Slack
 * @param inFlight a post that may or may not have reached Slack, because its publisher has not recorded the outcome
 * @param digest the digest of the latest storm
 */
record ChannelLease(
        String channel,
        String holder,
        Instant notBefore,
        int failures,
        Optional<InFlightPost> inFlight,
        Optional<Digest> digest) {

    /**
     * A post that is recorded before it is sent.
     *
     * @param dedupKey the key in the message's metadata
     * @param threadTs the thread in which the message is a reply; empty for a message outside threads
     * @param entryIds the outbox entries that the post publishes
     */
    record InFlightPost(String dedupKey, Optional<String> threadTs, List<String> entryIds) {

        InFlightPost {
            entryIds = List.copyOf(entryIds);
        }
    }

    /** An acquired lease, with the state that its previous holder recorded. */
    static ChannelLease of(Lease lease) {
        return lease.state()
                .map(json -> TableJson.read(json, ChannelLease.class))
                .map(before -> new ChannelLease(
                        lease.id(),
                        lease.holder(),
                        lease.notBefore(),
                        before.failures(),
                        before.inFlight(),
                        before.digest()))
                .orElseGet(() -> new ChannelLease(
                        lease.id(), lease.holder(), lease.notBefore(), 0, Optional.empty(), Optional.empty()));
    }

    Lease toLease() {
        return new Lease(channel, holder, notBefore, Optional.of(TableJson.write(this)));
    }

    ChannelLease withInFlight(InFlightPost post) {
        return new ChannelLease(channel, holder, notBefore, failures, Optional.of(post), digest);
    }

    ChannelLease withoutInFlight() {
        return new ChannelLease(channel, holder, notBefore, failures, Optional.empty(), digest);
    }

    ChannelLease with(Digest newer) {
        return new ChannelLease(channel, holder, notBefore, failures, inFlight, Optional.of(newer));
    }

    /** The lease without a digest, so that the next storm starts a new one. */
    ChannelLease withoutDigest() {
        return new ChannelLease(channel, holder, notBefore, failures, inFlight, Optional.empty());
    }

    /** The lease after a successful call to Slack. */
    ChannelLease afterSuccess(Instant nextTime) {
        return new ChannelLease(channel, holder, nextTime, 0, inFlight, digest);
    }

    /** The lease after a failed call to Slack. */
    ChannelLease afterFailure(Instant nextTime) {
        return new ChannelLease(channel, holder, nextTime, failures + 1, inFlight, digest);
    }
}
