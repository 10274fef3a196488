package io.reverser.alarms;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One message for a storm of alarms.
 *
 * @param message its time stamp; empty before it is posted
 * @param opened when the storm began
 * @param last when something was added
 * @param changes how many changes are in it
 * @param alarms what each became last, by name; those past the first {@link #MOST} are only counted
 * @param called whom it called
 * @param fold the mark of the last reply that it counts
 * @param isStale whether the message says less than this
 */
record Digest(
        Optional<String> message,
        Instant opened,
        Instant last,
        int changes,
        Map<String, AlarmState> alarms,
        Set<String> called,
        String fold,
        boolean isStale) {

    /** So many lines that wait make a storm. */
    static final int STORM = 8;

    /** Alarms whose names a digest knows: of the longest that there are, an item of the table has room for these. */
    static final int MOST = 1000;

    private static final Duration CALM = Duration.ofMinutes(1);

    Digest {
        alarms = Map.copyOf(alarms);
        called = Set.copyOf(called);
    }

    static Digest begin(Instant now) {
        return new Digest(Optional.empty(), now, now, 0, Map.of(), Set.of(), "", true);
    }

    /** Whether what comes now belongs to it. */
    boolean isOn(Instant now) {
        return now.isBefore(last.plus(CALM));
    }

    boolean knows(String alarm) {
        return alarms.containsKey(alarm);
    }

    /** Whom these lines call who was not called yet. */
    Set<String> calls(List<Line> lines) {
        return lines.stream()
                .filter(line -> line.notice() instanceof Notice.Change change && change.state() == AlarmState.ALARM)
                .flatMap(line -> line.mentions().stream())
                .filter(somebody -> !called.contains(somebody))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** With more lines; the same lines twice are counted once. */
    Digest with(List<Line> lines, String mark, Instant now) {
        if (fold.equals(mark)) {
            return this;
        }
        var all = new TreeMap<>(alarms);
        for (Line line : lines) {
            if (line.notice() instanceof Notice.Change change
                    && line.kind() != Line.Kind.LATE
                    && (all.size() < MOST || all.containsKey(change.alarm().key()))) {
                all.put(change.alarm().key(), change.state());
            }
        }
        var everybody = new TreeSet<>(called);
        everybody.addAll(calls(lines));
        return new Digest(message, opened, now, changes + lines.size(), all, everybody, mark, true);
    }

    Digest at(String ts) {
        return new Digest(Optional.of(ts), opened, last, changes, alarms, called, fold, isStale);
    }

    Digest told() {
        return new Digest(message, opened, last, changes, alarms, called, fold, false);
    }

    long count(AlarmState state) {
        return alarms.values().stream().filter(state::equals).count();
    }
}
