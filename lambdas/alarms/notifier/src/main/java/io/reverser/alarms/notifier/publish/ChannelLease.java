package io.reverser.alarms.notifier.publish;

import io.reverser.alarms.notifier.outbox.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who may post to a channel, and what the next one has to know. One at a time speaks, once a second, however
 * many functions run.
 *
 * @param holder who has it
 * @param notBefore not to speak before this
 * @param failures how often in a row Slack did not answer
 * @param inFlight what may or may not have been said, because nobody came back to say so
 * @param digest of the newest storm
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
