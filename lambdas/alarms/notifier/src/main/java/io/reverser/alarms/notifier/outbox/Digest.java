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
 * One message for an alarm storm.
 *
 * @param messageTs the message's timestamp; empty before it is posted
 * @param startedAt when the storm began
 * @param lastChangeAt when the latest change was added
 * @param changeCount how many changes the digest has
 * @param states the latest state by alarm key; changes of alarms beyond {@link #MAX_ALARMS} are only counted
 * @param mentioned the users and user groups that the digest has mentioned
 * @param lastReplyKey the dedup key of the latest reply that is counted
 * @param isStale whether the message lacks changes of this digest
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

    /** From this number of pending outbox entries, a channel has an alarm storm. */
    public static final int STORM_THRESHOLD = 8;

    /** The maximum number of alarms in a digest: a DynamoDB item has space for this many names of maximum length. */
    static final int MAX_ALARMS = 1000;

    private static final Duration STORM_ENDS_AFTER = Duration.ofMinutes(1);

    public Digest {
        states = Map.copyOf(states);
        mentioned = Set.copyOf(mentioned);
    }

    public static Digest start(Instant now) {
        return new Digest(Optional.empty(), now, now, 0, Map.of(), Set.of(), "", true);
    }

    /** Whether a change that arrives now belongs to this storm. */
    public boolean isActive(Instant now) {
        return now.isBefore(lastChangeAt.plus(STORM_ENDS_AFTER));
    }

    public boolean contains(String alarm) {
        return states.containsKey(alarm);
    }

    /** The users and user groups that these entries mention and the digest has not mentioned yet. */
    public Set<String> newMentions(List<OutboxEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.notification() instanceof AlarmNotification.StateChange change
                        && change.state() == AlarmState.ALARM)
                .flatMap(entry -> entry.mentions().stream())
                .filter(mention -> !mentioned.contains(mention))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The digest with the entries of one reply added (idempotent: a reply is counted once). */
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
