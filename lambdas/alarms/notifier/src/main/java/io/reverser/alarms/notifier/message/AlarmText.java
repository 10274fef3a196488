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

/** Parts of messages: metrics, conditions, states and durations in words. */
public final class AlarmText {

    /**
     * The maximum length of code in a section block; Slack's limit of 3,000 characters also includes the text around
     * the code.
     */
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
        return query.period().isZero() ? query.statistic() : query.statistic() + " over " + duration(query.period());
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
                : " for %d out of %d periods".formatted(condition.datapointsToAlarm(), condition.evaluationPeriods());
        return limit.isEmpty() ? "" : "Fires when the value " + limit + times;
    }

    private static String composite(Composite composite) {
        String children = composite.children().stream()
                .limit(MAX_LINES)
                .map(AlarmText::child)
                .collect(Collectors.joining("\n"));
        return Mrkdwn.code(Mrkdwn.truncate(composite.rule(), MAX_RULE_LENGTH))
                + (children.isEmpty() ? "" : "\nChild alarms\n" + children);
    }

    private static String child(ChildAlarm child) {
        return "%s %s"
                .formatted(stateEmoji(child.state()), Mrkdwn.code(child.alarm().name()));
    }

    static String escapeCode(String text) {
        return text.isBlank()
                ? "(empty)"
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

    /** A duration in its largest units, like {@code 2 h 05 min}. */
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
     * A comparison operator in words.
     *
     * @param limit the words before a threshold
     * @param band the words about an anomaly detection band
     */
    private record Comparison(String limit, String band) {

        /** The words for CloudWatch's operator name; an unknown name is shown unchanged. */
        static Comparison of(String operator) {
            return switch (operator) {
                case "GreaterThanThreshold" -> new Comparison("is above", "");
                case "GreaterThanOrEqualToThreshold" -> new Comparison("is at least", "");
                case "LessThanThreshold" -> new Comparison("is below", "");
                case "LessThanOrEqualToThreshold" -> new Comparison("is at most", "");
                case "LessThanLowerOrGreaterThanUpperThreshold" -> new Comparison("", "is outside the band");
                case "GreaterThanUpperThreshold" -> new Comparison("", "is above the band");
                case "LessThanLowerThreshold" -> new Comparison("", "is below the band");
                case "" -> new Comparison("crosses", "leaves the band");
                default -> new Comparison(operator, operator);
            };
        }

        /** The comparison with a threshold. */
        String withThreshold(String threshold) {
            return limit + " " + threshold;
        }
    }
}
