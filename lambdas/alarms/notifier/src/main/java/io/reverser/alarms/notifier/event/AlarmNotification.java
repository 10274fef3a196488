package io.reverser.alarms.notifier.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Something that arrived and that people have to hear of. */
public sealed interface AlarmNotification {

    /**
     * An alarm went from one state to another.
     *
     * @param previous empty when the payload does not have it
     * @param at when, by CloudWatch's clock
     * @param reason in CloudWatch's words
     * @param tags from the payload
     * @param suppressedBy what suppresses a composite alarm's actions, like {@code Alarm}; empty when nothing does
     */
    record StateChange(
            AlarmId alarm,
            AlarmState state,
            Optional<AlarmState> previous,
            Instant at,
            String reason,
            Optional<String> description,
            Map<String, String> tags,
            AlarmKind kind,
            Optional<AlarmCondition> condition,
            Optional<String> suppressedBy)
            implements AlarmNotification {

        /** Keeps its own map. */
        public StateChange {
            tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
        }

        /** The same with tags that did not come with it; those that did, stay. */
        public StateChange withTags(Map<String, String> more) {
            var all = new TreeMap<>(more);
            all.putAll(tags);
            return new StateChange(alarm, state, previous, at, reason, description, all, kind, condition, suppressedBy);
        }

        /** The same for each delivery of the same change. */
        public String key() {
            return "%s %s %s".formatted(alarm.key(), at, state);
        }
    }

    /**
     * An alarm was made, changed or deleted.
     *
     * @param operation like {@code delete}
     */
    record ConfigurationChange(AlarmId alarm, String operation, Instant at) implements AlarmNotification {}

    /**
     * Nothing that we know; told as it came.
     *
     * @param subject if it had one
     */
    record Unrecognised(Optional<String> subject, String text) implements AlarmNotification {}
}
