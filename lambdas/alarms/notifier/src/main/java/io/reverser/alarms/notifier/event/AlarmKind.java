package io.reverser.alarms.notifier.event;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an alarm watches. */
public sealed interface AlarmKind {

    /** A reference in the rule of a composite alarm, by name or by ARN. */
    Pattern ALARM_REFERENCE =
            Pattern.compile("(?:ALARM|OK|INSUFFICIENT_DATA)\\s*\\(\\s*[\"']?([^\"')]+?)[\"']?\\s*\\)");

    /** CloudWatch's limit for the number of alarms in the rule of a composite alarm. */
    int MAX_CHILDREN = 100;

    /** An alarm on metrics, or on expressions over them. */
    record MetricBased(List<MetricQuery> queries) implements AlarmKind {
        /** Copies the list. */
        public MetricBased {
            queries = List.copyOf(queries);
        }
    }

    /**
     * Other alarms.
     *
     * @param rule as CloudWatch writes it, like {@code ALARM(a) OR ALARM(b)}
     * @param children the alarms that caused the change, if CloudWatch names them
     */
    record Composite(String rule, List<ChildAlarm> children) implements AlarmKind {
        /** Copies the list. */
        public Composite {
            children = List.copyOf(children);
        }

        /** The children that made the composite alarm fire, if CloudWatch named them. */
        public List<AlarmId> inAlarm() {
            return children.stream()
                    .filter(child -> child.state() == AlarmState.ALARM)
                    .map(ChildAlarm::alarm)
                    .toList();
        }

        /**
         * The keys of the triggering alarms and of those in the rule. A bare name in the rule belongs to the parent's
         * account and region.
         */
        public List<String> childKeys(AlarmId parent) {
            return Stream.concat(
                            children.stream().map(child -> child.alarm().key()),
                            ALARM_REFERENCE
                                    .matcher(rule)
                                    .results()
                                    .map(match -> match.group(1))
                                    .map(name -> AlarmId.parse(name)
                                            .orElseGet(() -> parent.withName(name))
                                            .key()))
                    .distinct()
                    .limit(MAX_CHILDREN)
                    .toList();
        }
    }

    /** The payload does not say what the alarm watches. */
    record Unspecified() implements AlarmKind {}

    /** An alarm that triggered a composite alarm. */
    record ChildAlarm(AlarmId alarm, AlarmState state) {}
}
