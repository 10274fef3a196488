package io.reverser.alarms;

import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Watched.Alarms;
import io.reverser.alarms.Watched.Child;
import io.reverser.alarms.Watched.Series;
import io.reverser.alarms.Watched.Unsaid;
import io.reverser.slack.Text;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parts of sentences: what an alarm looks at and when it rings, in words. */
final class Phrases {

    /** Characters of code that fit into a paragraph with a little beside them. */
    static final int LONG_CODE = 2900;

    private static final int LONG_RULE = 400;
    private static final String NUMBER = "#,##0.######";
    private static final int MOST_LINES = 8;

    private Phrases() {}

    static Optional<String> watched(Change change) {
        return switch (change.watched()) {
            case Series series -> Optional.of(series(series, change.condition()));
            case Alarms alarms -> Optional.of(alarms(alarms));
            case Unsaid unsaid -> change.condition().map(Phrases::condition);
        };
    }

    private static String series(Series series, Optional<Condition> condition) {
        String lines = series.queries().stream()
                .filter(query -> query.isShown() || series.queries().size() == 1)
                .limit(MOST_LINES)
                .map(Phrases::query)
                .collect(Collectors.joining("\n"));
        String parts = series.queries().stream()
                .filter(query -> !query.isShown() && series.queries().size() > 1)
                .limit(MOST_LINES)
                .map(query -> "\n    " + Text.code(query.id()) + " " + query(query))
                .collect(Collectors.joining());
        return lines + parts + condition.map(rings -> "\n" + condition(rings)).orElse("");
    }

    private static String query(Query query) {
        return query.metric()
                .map(metric -> "*%s* (%s)%s".formatted(Text.escape(query.title()), how(query), dimensions(metric)))
                .orElseGet(() -> "*%s* = %s"
                        .formatted(
                                Text.escape(query.title()),
                                Text.code(query.expression().orElse("?"))));
    }

    private static String how(Query query) {
        return query.period().isZero() ? query.statistic() : query.statistic() + " of " + duration(query.period());
    }

    private static String dimensions(Metric metric) {
        return metric.dimensions().isEmpty()
                ? ""
                : metric.dimensions().entrySet().stream()
                        .map(dimension -> Text.code(dimension.getKey() + "=" + dimension.getValue()))
                        .collect(Collectors.joining(" ", " of ", ""));
    }

    static String condition(Condition condition) {
        String limit = condition
                .band()
                .map(band -> Comparison.of(condition.operator()).band())
                .or(() -> condition
                        .threshold()
                        .map(threshold -> Comparison.of(condition.operator()).limit(number(threshold))))
                .orElse("");
        String times = condition.periods() <= 1
                ? ""
                : " in %d of %d periods".formatted(condition.needed(), condition.periods());
        return limit.isEmpty() ? "" : "rings when " + limit + times;
    }

    private static String alarms(Alarms alarms) {
        String because =
                alarms.children().stream().limit(MOST_LINES).map(Phrases::child).collect(Collectors.joining("\n"));
        return Text.code(Text.cut(alarms.rule(), LONG_RULE)) + (because.isEmpty() ? "" : "\nbecause of\n" + because);
    }

    private static String child(Child child) {
        return "%s %s".formatted(sign(child.state()), Text.code(child.alarm().name()));
    }

    static String plain(String text) {
        return text.isBlank()
                ? "(nothing)"
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("```", "'''");
    }

    static String sign(AlarmState state) {
        return switch (state) {
            case ALARM -> "🔴";
            case OK -> "🟢";
            case INSUFFICIENT_DATA -> "⚪";
        };
    }

    static String name(AlarmState state) {
        return switch (state) {
            case ALARM -> "ALARM";
            case OK -> "OK";
            case INSUFFICIENT_DATA -> "No data";
        };
    }

    private static String number(double value) {
        var format = new DecimalFormat(NUMBER, DecimalFormatSymbols.getInstance(Locale.ROOT));
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
    static String lasting(Duration time) {
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
}
