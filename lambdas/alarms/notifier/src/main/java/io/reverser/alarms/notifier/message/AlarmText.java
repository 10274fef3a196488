package io.reverser.alarms.notifier.message;

import io.reverser.alarms.notifier.event.AlarmCondition;
import io.reverser.alarms.notifier.event.AlarmKind.ChildAlarm;
import io.reverser.alarms.notifier.event.AlarmKind.Composite;
import io.reverser.alarms.notifier.event.AlarmKind.MetricBased;
import io.reverser.alarms.notifier.event.AlarmKind.Unspecified;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmState;
import io.reverser.alarms.notifier.event.Metric;
import io.reverser.alarms.notifier.event.MetricQuery;
import io.reverser.slack.message.Mrkdwn;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parts of sentences: what an alarm looks at and when it rings, in words. */
public final class AlarmText {

    /** Characters of code that fit into a paragraph with a little beside them. */
    static final int MAX_CODE_LENGTH = 2900;

    private static final int MAX_RULE_LENGTH = 400;
    private static final String NUMBER_FORMAT = "#,##0.######";
    private static final int MAX_LINES = 8;

    private AlarmText() {}

    static Optional<String> kind(StateChange change) {
        return switch (change.kind()) {
            case MetricBased metricBased -> Optional.of(metricBased(metricBased, change.condition()));
            case Composite composite -> Optional.of(composite(composite));
            case Unspecified unspecified -> change.condition().map(AlarmText::condition);
        };
    }

    private static String metricBased(MetricBased metricBased, Optional<AlarmCondition> condition) {
        String lines = metricBased.queries().stream()
                .filter(query -> query.returnData() || metricBased.queries().size() == 1)
                .limit(MAX_LINES)
                .map(AlarmText::query)
                .collect(Collectors.joining("\n"));
        String parts = metricBased.queries().stream()
                .filter(query -> !query.returnData() && metricBased.queries().size() > 1)
                .limit(MAX_LINES)
                .map(query -> "\n    " + Mrkdwn.code(query.id()) + " " + query(query))
                .collect(Collectors.joining());
        return lines + parts + condition.map(known -> "\n" + condition(known)).orElse("");
    }

    private static String query(MetricQuery query) {
        return query.metric()
                .map(metric ->
                        "*%s* (%s)%s".formatted(Mrkdwn.escape(query.title()), statistic(query), dimensions(metric)))
                .orElseGet(() -> "*%s* = %s"
                        .formatted(
                                Mrkdwn.escape(query.title()),
                                Mrkdwn.code(query.expression().orElse("?"))));
    }

    private static String statistic(MetricQuery query) {
        return query.period().isZero() ? query.statistic() : query.statistic() + " of " + duration(query.period());
    }

    private static String dimensions(Metric metric) {
        return metric.dimensions().isEmpty()
                ? ""
                : metric.dimensions().entrySet().stream()
                        .map(dimension -> Mrkdwn.code(dimension.getKey() + "=" + dimension.getValue()))
                        .collect(Collectors.joining(" ", " of ", ""));
    }

    static String condition(AlarmCondition condition) {
        String limit = condition
                .bandId()
                .map(band -> Comparison.of(condition.operator()).band())
                .or(() -> condition
                        .threshold()
                        .map(threshold -> Comparison.of(condition.operator()).withThreshold(number(threshold))))
                .orElse("");
        String times = condition.evaluationPeriods() <= 1
                ? ""
                : " in %d of %d periods".formatted(condition.datapointsToAlarm(), condition.evaluationPeriods());
        return limit.isEmpty() ? "" : "rings when " + limit + times;
    }

    private static String composite(Composite composite) {
        String children = composite.children().stream()
                .limit(MAX_LINES)
                .map(AlarmText::child)
                .collect(Collectors.joining("\n"));
        return Mrkdwn.code(Mrkdwn.truncate(composite.rule(), MAX_RULE_LENGTH))
                + (children.isEmpty() ? "" : "\nbecause of\n" + children);
    }

    private static String child(ChildAlarm child) {
        return "%s %s"
                .formatted(stateEmoji(child.state()), Mrkdwn.code(child.alarm().name()));
    }

    static String escapeCode(String text) {
        return text.isBlank()
                ? "(nothing)"
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("```", "'''");
    }

    public static String stateEmoji(AlarmState state) {
        return switch (state) {
            case ALARM -> "🔴";
            case OK -> "🟢";
            case INSUFFICIENT_DATA -> "⚪";
        };
    }

    public static String stateName(AlarmState state) {
        return switch (state) {
            case ALARM -> "ALARM";
            case OK -> "OK";
            case INSUFFICIENT_DATA -> "No data";
        };
    }

    private static String number(double value) {
        var format = new DecimalFormat(NUMBER_FORMAT, DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(BigDecimal.valueOf(value));
    }

    static String duration(Duration period) {
        long seconds = period.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** As long as it took, in the largest unit that says something. */
    public static String elapsed(Duration time) {
        long minutes = time.toMinutes();
        if (minutes < 1) {
            return Math.max(0, time.toSeconds()) + " s";
        }
        if (minutes < 60) {
            return minutes + " min";
        }
        return minutes < 60 * 24
                ? "%d h %02d min".formatted(minutes / 60, minutes % 60)
                : "%d d %d h".formatted(minutes / 60 / 24, minutes / 60 % 24);
    }

    static String times(int count) {
        return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
    }

    /**
     * How an alarm compares.
     *
     * @param limit what is said before a threshold
     * @param band what is said of a band
     */
    private record Comparison(String limit, String band) {

        /** By CloudWatch's name; one that is not known is shown as it is. */
        static Comparison of(String operator) {
            return switch (operator) {
                case "GreaterThanThreshold" -> new Comparison("above", "");
                case "GreaterThanOrEqualToThreshold" -> new Comparison("at least", "");
                case "LessThanThreshold" -> new Comparison("below", "");
                case "LessThanOrEqualToThreshold" -> new Comparison("at most", "");
                case "LessThanLowerOrGreaterThanUpperThreshold" -> new Comparison("", "outside its band");
                case "GreaterThanUpperThreshold" -> new Comparison("", "above its band");
                case "LessThanLowerThreshold" -> new Comparison("", "below its band");
                case "" -> new Comparison("it crosses", "it leaves its band");
                default -> new Comparison(operator, operator);
            };
        }

        /** With the threshold. */
        String withThreshold(String threshold) {
            return limit + " " + threshold;
        }
    }
}
