package io.reverser.simulators.aws.cloudwatch;

import io.reverser.simulators.aws.api.AwsError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rule of a composite alarm: states of other alarms, combined by {@code AND}, {@code OR}, {@code NOT} and parentheses.
 * {@code AT_LEAST} is not simulated.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html">PutCompositeAlarm</a>
 */
sealed interface AlarmRuleExpression {

    /**
     * Whether the composite alarm with this rule is in ALARM.
     *
     * @param states the state of each alarm by name
     */
    boolean evaluate(UnaryOperator<String> states);

    /** The names of the alarms that the rule refers to. */
    Stream<String> referencedAlarms();

    /** Checks that an alarm is in a given state. */
    record StateCheck(String state, String alarm) implements AlarmRuleExpression {

        @Override
        public boolean evaluate(UnaryOperator<String> states) {
            return state.equals(states.apply(alarm));
        }

        @Override
        public Stream<String> referencedAlarms() {
            return Stream.of(alarm);
        }
    }

    /** {@code NOT} with its operand. */
    record Negation(AlarmRuleExpression operand) implements AlarmRuleExpression {

        @Override
        public boolean evaluate(UnaryOperator<String> states) {
            return !operand.evaluate(states);
        }

        @Override
        public Stream<String> referencedAlarms() {
            return operand.referencedAlarms();
        }
    }

    /** {@code AND} or {@code OR} with its operands. */
    record Junction(boolean isAnd, List<AlarmRuleExpression> operands) implements AlarmRuleExpression {

        @Override
        public boolean evaluate(UnaryOperator<String> states) {
            return isAnd
                    ? operands.stream().allMatch(part -> part.evaluate(states))
                    : operands.stream().anyMatch(part -> part.evaluate(states));
        }

        @Override
        public Stream<String> referencedAlarms() {
            return operands.stream().flatMap(AlarmRuleExpression::referencedAlarms);
        }
    }

    /**
     * Parses the rule of a composite alarm.
     *
     * @throws AwsError when the rule is invalid
     */
    static AlarmRuleExpression parse(String text) {
        return new Parser(text).parse();
    }

    /** The constants {@code TRUE} and {@code FALSE}, which are an {@code AND} and an {@code OR} without operands. */
    private static AlarmRuleExpression constant(boolean value) {
        return new Junction(value, List.of());
    }

    /** Parses a rule from left to right. The parser's state is the part of the rule that is not yet parsed. */
    final class Parser {

        private static final Pattern TOKEN = Pattern.compile(
                "\\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\\(\\s*(?:\"([^\"]+)\"|([^\"()]+?))\\s*\\)|(AND|OR|NOT|TRUE|FALSE|[()]))\\s*");

        private final Deque<MatchResult> tokens = new ArrayDeque<>();

        private Parser(String text) {
            Matcher token = TOKEN.matcher(text);
            int read = 0;
            while (token.find() && token.start() == read) {
                tokens.add(token.toMatchResult());
                read = token.end();
            }
            if (read != text.length()) {
                throw invalidRule();
            }
        }

        private AlarmRuleExpression parse() {
            AlarmRuleExpression rule = parseOr();
            if (!tokens.isEmpty()) {
                throw invalidRule();
            }
            return rule;
        }

        private AlarmRuleExpression parseOr() {
            AlarmRuleExpression rule = parseAnd();
            while (accept("OR")) {
                rule = new Junction(false, List.of(rule, parseAnd()));
            }
            return rule;
        }

        private AlarmRuleExpression parseAnd() {
            AlarmRuleExpression rule = parseOperand();
            while (accept("AND")) {
                rule = new Junction(true, List.of(rule, parseOperand()));
            }
            return rule;
        }

        private AlarmRuleExpression parseOperand() {
            MatchResult token = tokens.poll();
            if (token == null) {
                throw invalidRule();
            }
            if (token.group(1) != null) {
                String quoted = token.group(2);
                return new StateCheck(token.group(1), alarmName(quoted == null ? token.group(3) : quoted));
            }
            return switch (token.group(4)) {
                case "NOT" -> new Negation(parseOperand());
                case "TRUE" -> constant(true);
                case "FALSE" -> constant(false);
                case "(" -> parseParentheses();
                default -> throw invalidRule();
            };
        }

        private AlarmRuleExpression parseParentheses() {
            AlarmRuleExpression rule = parseOr();
            if (!accept(")")) {
                throw invalidRule();
            }
            return rule;
        }

        private boolean accept(String word) {
            MatchResult next = tokens.peek();
            boolean accepted = next != null && word.equals(next.group(4));
            if (accepted) {
                tokens.remove();
            }
            return accepted;
        }

        /** Returns the name of an alarm that a rule refers to by name or by ARN. */
        private static String alarmName(String alarm) {
            return alarm.substring(alarm.indexOf(":alarm:") < 0 ? 0 : alarm.indexOf(":alarm:") + ":alarm:".length());
        }

        private static AwsError invalidRule() {
            return AlarmValidator.invalid(
                    "AlarmRule must not contain leading or trailing whitespace, and must be a rule");
        }
    }
}
