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
        /** Copies the list, so that the record is immutable. */
        public MetricBased {
            queries = List.copyOf(queries);
        }
    }

    /**
     * A composite alarm, which watches other alarms.
     *
     * @param rule the alarm rule in CloudWatch's syntax, like {@code ALARM(a) OR ALARM(b)}
     * @param children the alarms that caused the change, if CloudWatch names them
     */
    record Composite(String rule, List<ChildAlarm> children) implements AlarmKind {
        /** Copies the list, so that the record is immutable. */
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
         * The keys of the alarms that triggered the composite alarm, and of the alarms in its rule. A name without an
         * ARN in the rule belongs to the account and region of the composite alarm.
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

    /** An alarm whose payload does not say what it watches. */
    record Unspecified() implements AlarmKind {}

    /** An alarm that triggered a composite alarm. */
    record ChildAlarm(AlarmId alarm, AlarmState state) {}
}
