package io.reverser.alarms;

import io.reverser.alarms.Notice.Change;
import java.time.Duration;
import java.util.Optional;

/** What a change of an alarm means for its message. */
public sealed interface Step {

    /** A new message. */
    record Begin(Episode episode) implements Step {}

    /** The message is changed in place, and a line in its thread says what happened. */
    record Continue(Episode episode) implements Step {}

    /** It happened before what the message says by now: only a line in the thread. */
    record Late(Episode episode) implements Step {}

    /** It is in Slack already: it was delivered twice. */
    record Known() implements Step {}

    /**
     * Finds it.
     *
     * @param present the alarm's newest episode, if it has one
     * @param reopens for how long after its end an episode goes on when the alarm rings again
     */
    static Step of(Optional<Episode> present, Change change, Duration reopens) {
        if (present.isEmpty()) {
            return new Begin(Episode.begin(change));
        }
        Episode episode = present.get();
        if (episode.knows(change)) {
            return new Known();
        }
        if (change.at().isBefore(episode.since())) {
            return new Late(episode.noting(change, reopens));
        }
        boolean isOld = episode.isOver() && change.at().isAfter(episode.since().plus(reopens));
        return isOld ? new Begin(episode.next(change)) : new Continue(episode.with(change));
    }
}
