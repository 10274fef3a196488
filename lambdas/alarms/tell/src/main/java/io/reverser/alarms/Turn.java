package io.reverser.alarms;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whose turn it is to speak in a channel, and what the next one has to know. One at a time speaks, once a second, however
 * many functions run.
 *
 * @param holder who has it
 * @param next not to speak before this
 * @param failures how often in a row Slack did not answer
 * @param doubt what may or may not have been said, because nobody came back to say so
 * @param digest of the newest storm
 */
record Turn(String channel, String holder, Instant next, int failures, Optional<Doubt> doubt, Optional<Digest> digest) {

    /**
     * A message that was about to be posted.
     *
     * @param mark by which it can be found
     * @param thread it was to be in
     * @param lines it says
     */
    record Doubt(String mark, Optional<String> thread, List<String> lines) {

        Doubt {
            lines = List.copyOf(lines);
        }
    }

    Turn doubting(Doubt about) {
        return new Turn(channel, holder, next, failures, Optional.of(about), digest);
    }

    Turn sure() {
        return new Turn(channel, holder, next, failures, Optional.empty(), digest);
    }

    Turn with(Digest newer) {
        return new Turn(channel, holder, next, failures, doubt, Optional.of(newer));
    }

    /** There is no message of a storm to go on in. */
    Turn withoutDigest() {
        return new Turn(channel, holder, next, failures, doubt, Optional.empty());
    }

    /** Slack answered. */
    Turn spoke(Instant nextTime) {
        return new Turn(channel, holder, nextTime, 0, doubt, digest);
    }

    /** Slack did not. */
    Turn failed(Instant nextTime) {
        return new Turn(channel, holder, nextTime, failures + 1, doubt, digest);
    }
}
