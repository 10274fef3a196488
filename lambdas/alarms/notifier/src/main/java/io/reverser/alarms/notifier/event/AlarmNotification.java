package io.reverser.alarms.notifier.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A received notification. */
public sealed interface AlarmNotification {

    /**
     * An alarm went from one state to another.
     *
     * @param previous empty when the payload does not have it
     * @param at by CloudWatch's clock
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

        /** Copies the map. */
        public StateChange {
            tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
        }

        /** A copy with the looked-up tags added; tags in the payload take precedence. */
        public StateChange withTags(Map<String, String> more) {
            var all = new TreeMap<>(more);
            all.putAll(tags);
            return new StateChange(alarm, state, previous, at, reason, description, all, kind, condition, suppressedBy);
        }

        /** Identifies the change across deliveries. */
        public String key() {
            return "%s %s %s".formatted(alarm.key(), at, state);
        }
    }

    /**
     * An alarm was created, changed or deleted.
     *
     * @param operation like {@code delete}
     */
    record ConfigurationChange(AlarmId alarm, String operation, Instant at) implements AlarmNotification {}

    /**
     * A notification in an unknown format, published as received.
     *
     * @param subject of the SNS message, if it had one
     */
    record Unrecognised(Optional<String> subject, String text) implements AlarmNotification {}
}
