package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.outbox.Digest;
import io.reverser.alarms.notifier.outbox.TableJson;
import io.reverser.awssdk.DynamoDbLeases.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A channel's lease with the state for its next holder. It makes sure that one publisher at a time posts, at most once a
 * second.
 *
 * @param holder identifies the publisher that holds it
 * @param notBefore the rate limit allows no post before this
 * @param failures the number of consecutive failed calls to Slack
 * @param inFlight a post that may or may not have arrived, because its publisher did not record the outcome
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
     * A post that was about to be made.
     *
     * @param dedupKey the key in the message's metadata
     * @param threadTs the thread; empty for a message of its own
     * @param entryIds the entries that it publishes
     */
    record InFlightPost(String dedupKey, Optional<String> threadTs, List<String> entryIds) {

        InFlightPost {
            entryIds = List.copyOf(entryIds);
        }
    }

    /** An acquired lease, with what its previous holder recorded. */
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

    /** The next storm starts a new digest. */
    ChannelLease withoutDigest() {
        return new ChannelLease(channel, holder, notBefore, failures, inFlight, Optional.empty());
    }

    /** A call to Slack succeeded. */
    ChannelLease afterSuccess(Instant nextTime) {
        return new ChannelLease(channel, holder, nextTime, 0, inFlight, digest);
    }

    /** A call to Slack failed. */
    ChannelLease afterFailure(Instant nextTime) {
        return new ChannelLease(channel, holder, nextTime, failures + 1, inFlight, digest);
    }
}
