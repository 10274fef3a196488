package io.reverser.alarms.notifier.outbox;

import io.reverser.alarms.notifier.event.AlarmNotification;
import io.reverser.alarms.notifier.event.AlarmState;
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
 * @param messageTs its time stamp; empty before it is posted
 * @param startedAt when the storm began
 * @param lastChangeAt when something was added
 * @param changeCount how many changes are in it
 * @param states what each became last, by name; those past the first {@link #MAX_ALARMS} are only counted
 * @param mentioned whom it called
 * @param lastReplyKey the dedup key of the last reply that it counts
 * @param isStale whether the message says less than this
 */
public record Digest(
        Optional<String> messageTs,
        Instant startedAt,
        Instant lastChangeAt,
        int changeCount,
        Map<String, AlarmState> states,
        Set<String> mentioned,
        String lastReplyKey,
        boolean isStale) {

    /** So many entries that wait make a storm. */
    public static final int STORM_THRESHOLD = 8;

    /** Alarms whose names a digest knows: of the longest that there are, an item of the table has room for these. */
    static final int MAX_ALARMS = 1000;

    private static final Duration STORM_ENDS_AFTER = Duration.ofMinutes(1);

    public Digest {
        states = Map.copyOf(states);
        mentioned = Set.copyOf(mentioned);
    }

    public static Digest start(Instant now) {
        return new Digest(Optional.empty(), now, now, 0, Map.of(), Set.of(), "", true);
    }

    /** Whether what comes now belongs to it. */
    public boolean isActive(Instant now) {
        return now.isBefore(lastChangeAt.plus(STORM_ENDS_AFTER));
    }

    public boolean contains(String alarm) {
        return states.containsKey(alarm);
    }

    /** Whom these entries mention who was not mentioned yet. */
    public Set<String> newMentions(List<OutboxEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.notification() instanceof AlarmNotification.StateChange change
                        && change.state() == AlarmState.ALARM)
                .flatMap(entry -> entry.mentions().stream())
                .filter(somebody -> !mentioned.contains(somebody))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** With more entries; the same reply twice is counted once. */
    public Digest with(List<OutboxEntry> entries, String replyKey, Instant now) {
        if (lastReplyKey.equals(replyKey)) {
            return this;
        }
        var all = new TreeMap<>(states);
        for (OutboxEntry entry : entries) {
            if (entry.notification() instanceof AlarmNotification.StateChange change
                    && entry.kind() != OutboxEntry.Kind.LATE_NOTE
                    && (all.size() < MAX_ALARMS
                            || all.containsKey(change.alarm().key()))) {
                all.put(change.alarm().key(), change.state());
            }
        }
        var allMentioned = new TreeSet<>(mentioned);
        allMentioned.addAll(newMentions(entries));
        return new Digest(messageTs, startedAt, now, changeCount + entries.size(), all, allMentioned, replyKey, true);
    }

    public Digest withMessage(String ts) {
        return new Digest(
                Optional.of(ts), startedAt, lastChangeAt, changeCount, states, mentioned, lastReplyKey, isStale);
    }

    public Digest refreshed() {
        return new Digest(messageTs, startedAt, lastChangeAt, changeCount, states, mentioned, lastReplyKey, false);
    }

    public long count(AlarmState state) {
        return states.values().stream().filter(state::equals).count();
    }
}
