package io.reverser.alarms.notifier.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A notification that the function received, parsed. */
public sealed interface AlarmNotification {

    /**
     * An alarm went from one state to another.
     *
     * @param previous the state before; empty when the payload does not have it
     * @param at when the state changed, by CloudWatch's clock
     * @param reason why the state changed, in CloudWatch's words
     * @param tags the alarm's tags in the payload
     * @param suppressedBy what suppresses a composite alarm's actions, like {@code Alarm}; empty when the actions are
     *     not suppressed
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

        /** Copies the map, so that the record is immutable. */
        public StateChange {
            tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
        }

        /** A copy with the looked-up tags added; tags in the payload take precedence. */
        public StateChange withTags(Map<String, String> more) {
            var all = new TreeMap<>(more);
            all.putAll(tags);
            return new StateChange(alarm, state, previous, at, reason, description, all, kind, condition, suppressedBy);
        }

        /** A key that is the same in every delivery of this state change. */
        public String key() {
            return "%s %s %s".formatted(alarm.key(), at, state);
        }
    }

    /**
     * An alarm was created, changed or deleted.
     *
     * @param operation what was done to the alarm, like {@code delete}
     */
    record ConfigurationChange(AlarmId alarm, String operation, Instant at) implements AlarmNotification {}

    /**
     * A notification in an unknown format, published as received.
     *
     * @param subject the subject of the SNS message, if any
     */
    record Unrecognised(Optional<String> subject, String text) implements AlarmNotification {}
}
