package io.reverser.alarms.notifier.outbox;

import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import java.time.Duration;
import java.util.Optional;

/** What a change of an alarm means for its message. */
public sealed interface EpisodeTransition {

    /** A new message. */
    record Opened(Episode episode) implements EpisodeTransition {}

    /** The message is changed in place, and a line in its thread says what happened. */
    record Updated(Episode episode) implements EpisodeTransition {}

    /** It happened before what the message says by now: only a line in the thread. */
    record OutOfOrder(Episode episode) implements EpisodeTransition {}

    /** It is in Slack already: it was delivered twice. */
    record Duplicate() implements EpisodeTransition {}

    /**
     * Finds it.
     *
     * @param current the alarm's newest episode, if it has one
     * @param reopenWindow for how long after its end an episode goes on when the alarm rings again
     */
    static EpisodeTransition of(Optional<Episode> current, StateChange change, Duration reopenWindow) {
        if (current.isEmpty()) {
            return new Opened(Episode.startWith(change));
        }
        Episode episode = current.get();
        if (episode.contains(change)) {
            return new Duplicate();
        }
        if (change.at().isBefore(episode.since())) {
            return new OutOfOrder(episode.withOutOfOrder(change, reopenWindow));
        }
        boolean isReopenWindowOver =
                episode.isOver() && change.at().isAfter(episode.since().plus(reopenWindow));
        return isReopenWindowOver ? new Opened(episode.startNext(change)) : new Updated(episode.with(change));
    }
}
