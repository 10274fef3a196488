package io.reverser.alarms;

import java.util.List;

/** What an alarm looks at. */
public sealed interface Watched {

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
    }

    /** It was not said. */
    record Unsaid() implements Watched {}

    /** An alarm below another. */
    record Child(AlarmId alarm, AlarmState state) {}
}
