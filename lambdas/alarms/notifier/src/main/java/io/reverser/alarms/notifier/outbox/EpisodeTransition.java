package io.reverser.alarms.notifier.outbox;

import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmState;
import java.time.Duration;
import java.util.Optional;

/** What a state change means for the alarm's episode, and so for the alarm's message in Slack. */
public sealed interface EpisodeTransition {

    /** The change opens a new episode, which has a new message. */
    record Opened(Episode episode) implements EpisodeTransition {}

    /** The change belongs to the current episode: its message is updated in place, with a reply in the thread. */
    record Updated(Episode episode) implements EpisodeTransition {}

    /** The change is older than the state in the message: it is only posted as a reply in the thread. */
    record OutOfOrder(Episode episode) implements EpisodeTransition {}

    /** The alarm is OK and did not fire before: the change is recorded, but not posted. */
    record NothingFired(Episode episode) implements EpisodeTransition {}

    /** The episode already contains the change, because the notification was delivered twice. */
    record Duplicate() implements EpisodeTransition {}

    /**
     * Decides what a change means.
     *
     * @param current the alarm's latest episode, if it has one
     * @param reopenWindow an episode is reopened if the alarm fires again within this time after it was resolved
     */
    static EpisodeTransition of(Optional<Episode> current, StateChange change, Duration reopenWindow) {
        if (current.isEmpty()) {
            Episode first = Episode.startWith(change);
            return isFirstData(change) ? new NothingFired(first) : new Opened(first);
        }
        Episode episode = current.get();
        if (episode.contains(change)) {
            return new Duplicate();
        }
        if (change.at().isBefore(episode.since())) {
            return new OutOfOrder(episode.withOutOfOrder(change, reopenWindow));
        }
        if (episode.isOver() && isFirstData(change)) {
            return new NothingFired(episode.with(change));
        }
        boolean isReopenWindowOver = episode.isOver()
                && (!episode.hasFired() || change.at().isAfter(episode.since().plus(reopenWindow)));
        return isReopenWindowOver ? new Opened(episode.startNext(change)) : new Updated(episode.with(change));
    }

    /** Whether an alarm without data got its first data, which is in order, as after the deployment of a new alarm. */
    private static boolean isFirstData(StateChange change) {
        return change.state() == AlarmState.OK && change.previous().equals(Optional.of(AlarmState.INSUFFICIENT_DATA));
    }
}
