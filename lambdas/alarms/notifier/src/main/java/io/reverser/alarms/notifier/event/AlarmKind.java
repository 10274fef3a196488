package io.reverser.alarms.notifier.event;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an alarm looks at. */
public sealed interface AlarmKind {

    /** An alarm in the rule of a composite alarm, by name or by ARN. */
    Pattern ALARM_REFERENCE =
            Pattern.compile("(?:ALARM|OK|INSUFFICIENT_DATA)\\s*\\(\\s*[\"']?([^\"')]+?)[\"']?\\s*\\)");

    /** As many as a composite alarm may name. */
    int MAX_CHILDREN = 100;

    /** Metrics and expressions over them. */
    record MetricBased(List<MetricQuery> queries) implements AlarmKind {
        /** Keeps its own list. */
        public MetricBased {
            queries = List.copyOf(queries);
        }
    }

    /**
     * Other alarms.
     *
     * @param rule as CloudWatch writes it, like {@code ALARM(a) OR ALARM(b)}
     * @param children those that made it change, if CloudWatch says
     */
    record Composite(String rule, List<ChildAlarm> children) implements AlarmKind {
        /** Keeps its own list. */
        public Composite {
            children = List.copyOf(children);
        }

        /** Those that made it ring, if CloudWatch said which. */
        public List<AlarmId> inAlarm() {
            return children.stream()
                    .filter(child -> child.state() == AlarmState.ALARM)
                    .map(ChildAlarm::alarm)
                    .toList();
        }

        /** The keys of those that it says and of those that its rule names; a name in a rule is one beside it. */
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

    /** It was not said. */
    record Unspecified() implements AlarmKind {}

    /** An alarm below another. */
    record ChildAlarm(AlarmId alarm, AlarmState state) {}
}
