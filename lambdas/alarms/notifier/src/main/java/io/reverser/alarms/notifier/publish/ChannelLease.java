package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.outbox.Digest;
import io.reverser.alarms.notifier.outbox.TableJson;
import io.reverser.awssdk.DynamoDbLeases.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A channel's lease, and what its next holder has to know. One publisher at a time posts, at most once a second,
 * however many functions run.
 *
 * @param holder identifies the publisher that has it
 * @param notBefore no post is allowed before this
 * @param failures how many calls to Slack have failed in a row
 * @param inFlight a post that may or may not have arrived, because its publisher did not record the outcome
 * @param digest of the latest storm
 */
record ChannelLease(
        String channel,
        String holder,
        Instant notBefore,
        int failures,
        Optional<InFlightPost> inFlight,
        Optional<Digest> digest) {

    /**
     * A message that was about to be posted.
     *
     * @param dedupKey by which it can be found
     * @param threadTs it was to be in
     * @param entryIds it says
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

    /** There is no message of a storm to go on in. */
    ChannelLease withoutDigest() {
        return new ChannelLease(channel, holder, notBefore, failures, inFlight, Optional.empty());
    }

    /** Slack answered. */
    ChannelLease afterSuccess(Instant nextTime) {
        return new ChannelLease(channel, holder, nextTime, 0, inFlight, digest);
    }

    /** Slack did not. */
    ChannelLease afterFailure(Instant nextTime) {
        return new ChannelLease(channel, holder, nextTime, failures + 1, inFlight, digest);
    }
}
