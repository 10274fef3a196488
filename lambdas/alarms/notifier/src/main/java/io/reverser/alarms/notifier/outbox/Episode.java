package io.reverser.alarms.notifier.outbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverser.alarms.notifier.event.AlarmId;
import io.reverser.alarms.notifier.event.AlarmNotification;
import io.reverser.alarms.notifier.event.AlarmState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The time from when an alarm fires until it stays resolved. Slack has one message for each episode.
 *
 * @param alarmKey the alarm's {@link AlarmId#key}
 * @param startedAt when the alarm first fired in the episode
 * @param state the current state
 * @param since when the alarm entered that state
 * @param timesFired how often the alarm went to {@link AlarmState#ALARM}
 * @param changeKeys keys of the alarm's latest changes, newest last, to detect duplicates
 */
public record Episode(
        String alarmKey, Instant startedAt, AlarmState state, Instant since, int timesFired, List<String> changeKeys) {

    private static final int MAX_CHANGE_KEYS = 50;

    /** Copies the list, so that the record is immutable. */
    public Episode {
        changeKeys = List.copyOf(changeKeys);
    }

    public static Episode startWith(AlarmNotification.StateChange change) {
        return new Episode(
                change.alarm().key(),
                change.at(),
                change.state(),
                change.at(),
                change.state() == AlarmState.ALARM ? 1 : 0,
                List.of(change.key()));
    }

    /**
     * The next episode of the alarm, which keeps the change keys, so that duplicates of old changes are still detected.
     */
    Episode startNext(AlarmNotification.StateChange change) {
        Episode next = startWith(change);
        return new Episode(
                alarmKey, next.startedAt(), next.state(), next.since(), next.timesFired(), changeKeysWith(change));
    }

    /**
     * The episode without a change that could not be published, so that the change is not ignored as a duplicate when
     * it is redelivered.
     */
    public Episode without(AlarmNotification.StateChange change) {
        List<String> others =
                changeKeys.stream().filter(key -> !key.equals(change.key())).toList();
        int known = changeKeys.size() - others.size();
        return new Episode(alarmKey, startedAt, state, since, timesFired - known * firings(change), others);
    }

    Episode with(AlarmNotification.StateChange change) {
        return new Episode(
                alarmKey, startedAt, change.state(), change.at(), timesFired + firings(change), changeKeysWith(change));
    }

    /**
     * The episode with a change that arrived late. The state stays the same, but a change to ALARM is counted, even if
     * the later change to OK arrived first and opened the episode. A change that is older than the start of the episode
     * by more than the reopen window belongs to the previous episode.
     */
    Episode withOutOfOrder(AlarmNotification.StateChange change, Duration reopenWindow) {
        int more = change.at().isBefore(startedAt.minus(reopenWindow)) ? 0 : firings(change);
        return new Episode(alarmKey, startedAt, state, since, timesFired + more, changeKeysWith(change));
    }

    private static int firings(AlarmNotification.StateChange change) {
        return change.state() == AlarmState.ALARM ? 1 : 0;
    }

    boolean contains(AlarmNotification.StateChange change) {
        return changeKeys.contains(change.key());
    }

    /** Whether the alarm is resolved. */
    @JsonIgnore
    public boolean isOver() {
        return state == AlarmState.OK;
    }

    boolean hasFired() {
        return timesFired > 0;
    }

    private List<String> changeKeysWith(AlarmNotification.StateChange change) {
        var all = new ArrayList<>(changeKeys);
        all.add(change.key());
        return all.subList(Math.max(0, all.size() - MAX_CHANGE_KEYS), all.size());
    }
}
