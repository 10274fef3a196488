package io.reverser.alarms;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Something that arrived and that people have to hear of. */
public sealed interface Notice {

    /**
     * An alarm went from one state to another.
     *
     * @param previous empty where it was not said
     * @param at when, by CloudWatch's clock
     * @param reason in CloudWatch's words
     * @param tags that came with it
     * @param suppressed who keeps a composite alarm's actions back, like {@code Alarm}; empty where nobody does
     */
    record Change(
            AlarmId alarm,
            AlarmState state,
            Optional<AlarmState> previous,
            Instant at,
            String reason,
            Optional<String> description,
            Map<String, String> tags,
            Watched watched,
            Optional<Condition> condition,
            Optional<String> suppressed)
            implements Notice {

        /** Keeps its own map. */
        public Change {
            tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
        }

        /** The same with tags that did not come with it; those that did, stay. */
        Change with(Map<String, String> more) {
            var all = new TreeMap<>(more);
            all.putAll(tags);
            return new Change(alarm, state, previous, at, reason, description, all, watched, condition, suppressed);
        }

        /** The same for each delivery of the same change. */
        String key() {
            return "%s %s %s".formatted(alarm.key(), at, state);
        }
    }

    /**
     * An alarm was made, changed or deleted.
     *
     * @param operation like {@code delete}
     */
    record Reconfigured(AlarmId alarm, String operation, Instant at) implements Notice {}

    /**
     * Nothing that we know; told as it came.
     *
     * @param subject if it had one
     */
    record Other(Optional<String> subject, String text) implements Notice {}
}
