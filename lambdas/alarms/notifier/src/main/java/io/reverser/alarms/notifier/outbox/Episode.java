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
 * From the first ring of an alarm to its last: one message in Slack.
 *
 * @param alarmKey its {@link AlarmId#key}
 * @param startedAt when it first rang
 * @param state what it is now
 * @param since when it became that
 * @param timesFired how often it went to {@link AlarmState#ALARM}
 * @param changeKeys the changes that are in it, newest last; the oldest are forgotten
 */
public record Episode(
        String alarmKey, Instant startedAt, AlarmState state, Instant since, int timesFired, List<String> changeKeys) {

    private static final int MAX_CHANGE_KEYS = 50;

    /** Keeps its own list. */
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

    /** The next one of the same alarm; what was told of this one is not told again. */
    Episode startNext(AlarmNotification.StateChange change) {
        Episode next = startWith(change);
        return new Episode(
                alarmKey, next.startedAt(), next.state(), next.since(), next.timesFired(), changeKeysWith(change));
    }

    /** Without a change that could not be published, so that its redelivery is no duplicate. */
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
     * The same state, and that this change was told; a ring is one, however late it is heard of, also when its own end opened
     * the episode. Rings of the episode before are at least as old as it takes for another to begin.
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

    /** Whether it is over; JSON need not say it. */
    @JsonIgnore
    public boolean isOver() {
        return state == AlarmState.OK;
    }

    private List<String> changeKeysWith(AlarmNotification.StateChange change) {
        var all = new ArrayList<>(changeKeys);
        all.add(change.key());
        return all.subList(Math.max(0, all.size() - MAX_CHANGE_KEYS), all.size());
    }
}
