package io.reverser.alarms;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * From the first ring of an alarm to its last: one message in Slack.
 *
 * @param alarm its {@link AlarmId#key}
 * @param opened when it first rang
 * @param state what it is now
 * @param since when it became that
 * @param rings how often it went to {@link AlarmState#ALARM}
 * @param told the changes that are in it, newest last; the oldest are forgotten
 */
public record Episode(String alarm, Instant opened, AlarmState state, Instant since, int rings, List<String> told) {

    private static final int REMEMBERED = 50;

    /** Keeps its own list. */
    public Episode {
        told = List.copyOf(told);
    }

    static Episode begin(Notice.Change change) {
        return new Episode(
                change.alarm().key(),
                change.at(),
                change.state(),
                change.at(),
                change.state() == AlarmState.ALARM ? 1 : 0,
                List.of(change.key()));
    }

    /** The next one of the same alarm; what was told of this one is not told again. */
    Episode next(Notice.Change change) {
        Episode next = begin(change);
        return new Episode(alarm, next.opened(), next.state(), next.since(), next.rings(), remembering(change));
    }

    /** As if this change had never been heard of, because nobody could be told. */
    Episode without(Notice.Change change) {
        List<String> others =
                told.stream().filter(key -> !key.equals(change.key())).toList();
        int known = told.size() - others.size();
        return new Episode(alarm, opened, state, since, rings - known * ring(change), others);
    }

    Episode with(Notice.Change change) {
        return new Episode(alarm, opened, change.state(), change.at(), rings + ring(change), remembering(change));
    }

    /**
     * The same state, and that this change was told; a ring is one, however late it is heard of, also when its own end opened
     * the episode. Rings of the episode before are at least as old as it takes for another to begin.
     */
    Episode noting(Notice.Change change, Duration reopens) {
        int more = change.at().isBefore(opened.minus(reopens)) ? 0 : ring(change);
        return new Episode(alarm, opened, state, since, rings + more, remembering(change));
    }

    private static int ring(Notice.Change change) {
        return change.state() == AlarmState.ALARM ? 1 : 0;
    }

    boolean knows(Notice.Change change) {
        return told.contains(change.key());
    }

    /** Whether it is over; JSON need not say it. */
    @JsonIgnore
    public boolean isOver() {
        return state == AlarmState.OK;
    }

    private List<String> remembering(Notice.Change change) {
        var all = new ArrayList<>(told);
        all.add(change.key());
        return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
    }
}
