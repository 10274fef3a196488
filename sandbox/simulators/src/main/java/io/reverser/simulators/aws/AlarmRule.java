package io.reverser.simulators.aws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When a composite alarm rings: states of other alarms, joined by {@code AND}, {@code OR}, {@code NOT} and brackets.
 * {@code AT_LEAST} is not simulated.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html">PutCompositeAlarm</a>
 */
sealed interface AlarmRule {

    /**
     * Whether it rings.
     *
     * @param states what state an alarm is in
     */
    boolean rings(UnaryOperator<String> states);

    /** The alarms that it names. */
    Stream<String> alarms();

    /** An alarm is in a state. */
    record Is(String state, String alarm) implements AlarmRule {

        @Override
        public boolean rings(UnaryOperator<String> states) {
            return state.equals(states.apply(alarm));
        }

        @Override
        public Stream<String> alarms() {
            return Stream.of(alarm);
        }
    }

    /** Something is not so. */
    record Not(AlarmRule part) implements AlarmRule {

        @Override
        public boolean rings(UnaryOperator<String> states) {
            return !part.rings(states);
        }

        @Override
        public Stream<String> alarms() {
            return part.alarms();
        }
    }

    /** All of it is so, or any of it. */
    record Joined(boolean all, List<AlarmRule> parts) implements AlarmRule {

        @Override
        public boolean rings(UnaryOperator<String> states) {
            return all
                    ? parts.stream().allMatch(part -> part.rings(states))
                    : parts.stream().anyMatch(part -> part.rings(states));
        }

        @Override
        public Stream<String> alarms() {
            return parts.stream().flatMap(AlarmRule::alarms);
        }
    }

    /**
     * Reads a rule.
     *
     * @throws AwsError when it is none
     */
    static AlarmRule of(String text) {
        return new Reader(text).rule();
    }

    /** Of none, it is always so; of any of none, never. */
    private static AlarmRule constant(boolean value) {
        return new Joined(value, List.of());
    }

    /** What is left to read. */
    final class Reader {

        private static final Pattern TOKEN = Pattern.compile(
                "\\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\\(\\s*(?:\"([^\"]+)\"|([^\"()]+?))\\s*\\)|(AND|OR|NOT|TRUE|FALSE|[()]))\\s*");

        private final Deque<MatchResult> tokens = new ArrayDeque<>();

        private Reader(String text) {
            Matcher token = TOKEN.matcher(text);
            int read = 0;
            while (token.find() && token.start() == read) {
                tokens.add(token.toMatchResult());
                read = token.end();
            }
            if (read != text.length()) {
                throw refused();
            }
        }

        private AlarmRule rule() {
            AlarmRule rule = any();
            if (!tokens.isEmpty()) {
                throw refused();
            }
            return rule;
        }

        private AlarmRule any() {
            AlarmRule rule = all();
            while (takes("OR")) {
                rule = new Joined(false, List.of(rule, all()));
            }
            return rule;
        }

        private AlarmRule all() {
            AlarmRule rule = one();
            while (takes("AND")) {
                rule = new Joined(true, List.of(rule, one()));
            }
            return rule;
        }

        private AlarmRule one() {
            MatchResult token = tokens.poll();
            if (token == null) {
                throw refused();
            }
            if (token.group(1) != null) {
                String quoted = token.group(2);
                return new Is(token.group(1), name(quoted == null ? token.group(3) : quoted));
            }
            return switch (token.group(4)) {
                case "NOT" -> new Not(one());
                case "TRUE" -> constant(true);
                case "FALSE" -> constant(false);
                case "(" -> inBrackets();
                default -> throw refused();
            };
        }

        private AlarmRule inBrackets() {
            AlarmRule rule = any();
            if (!takes(")")) {
                throw refused();
            }
            return rule;
        }

        private boolean takes(String word) {
            MatchResult next = tokens.peek();
            boolean takes = next != null && word.equals(next.group(4));
            if (takes) {
                tokens.remove();
            }
            return takes;
        }

        /** An ARN will do as well. */
        private static String name(String alarm) {
            return alarm.substring(alarm.indexOf(":alarm:") < 0 ? 0 : alarm.indexOf(":alarm:") + ":alarm:".length());
        }

        private static AwsError refused() {
            return AlarmRules.refused("AlarmRule must not contain leading or trailing whitespace, and must be a rule");
        }
    }
}
