package io.reverser.alarms;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an alarm looks at. */
public sealed interface Watched {

    /** An alarm in the rule of a composite alarm, by name or by ARN. */
    Pattern NAMED = Pattern.compile("(?:ALARM|OK|INSUFFICIENT_DATA)\\s*\\(\\s*[\"']?([^\"')]+?)[\"']?\\s*\\)");

    /** As many as a composite alarm may name. */
    int MOST = 100;

    /** Metrics and expressions over them. */
    record Series(List<Query> queries) implements Watched {
        /** Keeps its own list. */
        public Series {
            queries = List.copyOf(queries);
        }
    }

    /**
     * Other alarms.
     *
     * @param rule as CloudWatch writes it, like {@code ALARM(a) OR ALARM(b)}
     * @param children those that made it change, if CloudWatch says
     */
    record Alarms(String rule, List<Child> children) implements Watched {
        /** Keeps its own list. */
        public Alarms {
            children = List.copyOf(children);
        }

        /** Those that made it ring, if CloudWatch said which. */
        List<AlarmId> ringing() {
            return children.stream()
                    .filter(child -> child.state() == AlarmState.ALARM)
                    .map(Child::alarm)
                    .toList();
        }

        /** The keys of those that it says and of those that its rule names; a name in a rule is one beside it. */
        List<String> keys(AlarmId parent) {
            return Stream.concat(
                            children.stream().map(child -> child.alarm().key()),
                            NAMED.matcher(rule)
                                    .results()
                                    .map(match -> match.group(1))
                                    .map(name -> AlarmId.of(name)
                                            .orElseGet(() -> parent.named(name))
                                            .key()))
                    .distinct()
                    .limit(MOST)
                    .toList();
        }
    }

    /** It was not said. */
    record Unsaid() implements Watched {}

    /** An alarm below another. */
    record Child(AlarmId alarm, AlarmState state) {}
}
