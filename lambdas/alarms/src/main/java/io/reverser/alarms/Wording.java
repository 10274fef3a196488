package io.reverser.alarms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Notice.Other;
import io.reverser.alarms.Notice.Reconfigured;
import io.reverser.alarms.Watched.Alarms;
import io.reverser.alarms.Watched.Child;
import io.reverser.alarms.Watched.Series;
import io.reverser.alarms.Watched.Unsaid;
import io.reverser.slack.Blocks;
import io.reverser.slack.SlackMessage;
import io.reverser.slack.Text;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that is said about alarms: what, how bad, since when, and what to do. */
final class Wording {

    private static final String NUMBER = "#,##0.######";
    private static final int MOST_LINES = 8;
    private static final int LONG_CODE = 2900;

    private Wording() {}

    static SlackMessage message(Notice notice) {
        return switch (notice) {
            case Change change -> change(change);
            case Reconfigured change -> reconfigured(change);
            case Other other -> other(other);
        };
    }

    private static SlackMessage change(Change change) {
        Description description = Description.of(change);
        String headline = sign(change.state()) + " " + description.title();
        List<ObjectNode> blocks = new ArrayList<>();
        blocks.add(Blocks.header(headline));
        blocks.add(Blocks.section(state(change)));
        watched(change).map(Blocks::section).ifPresent(blocks::add);
        if (!change.reason().isBlank()) {
            blocks.add(Blocks.section("> " + Text.escape(change.reason())));
        }
        notes(change, description).map(Blocks::context).ifPresent(blocks::add);
        List<ObjectNode> links = new ArrayList<>();
        description.runbook().ifPresent(url -> links.add(Blocks.link("runbook", "Runbook", url)));
        Console.alarm(change.alarm()).ifPresent(url -> links.add(Blocks.link("console", "Console", url)));
        if (!links.isEmpty()) {
            blocks.add(Blocks.actions(links.toArray(ObjectNode[]::new)));
        }
        return message(headline + " (" + change.alarm().name() + ")", blocks);
    }

    private static String state(Change change) {
        String was = change.previous()
                .filter(previous -> previous != change.state())
                .map(previous -> ", was " + name(previous))
                .orElse("");
        return "*%s* since %s%s\n%s in %s, account %s"
                .formatted(
                        name(change.state()),
                        Text.time(change.at()),
                        was,
                        Text.code(change.alarm().name()),
                        change.alarm().region(),
                        change.alarm().account());
    }

    private static Optional<String> watched(Change change) {
        return switch (change.watched()) {
            case Series series -> Optional.of(series(series, change.condition()));
            case Alarms alarms -> Optional.of(alarms(alarms));
            case Unsaid unsaid -> change.condition().map(Wording::condition);
        };
    }

    private static String series(Series series, Optional<Condition> condition) {
        String lines = series.queries().stream()
                .filter(query -> query.isShown() || series.queries().size() == 1)
                .limit(MOST_LINES)
                .map(Wording::query)
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

    private static String condition(Condition condition) {
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
                alarms.children().stream().limit(MOST_LINES).map(Wording::child).collect(Collectors.joining("\n"));
        return Text.code(Text.cut(alarms.rule(), LONG_CODE)) + (because.isEmpty() ? "" : "\nbecause of\n" + because);
    }

    private static String child(Child child) {
        return "%s %s".formatted(sign(child.state()), Text.code(child.alarm().name()));
    }

    private static Optional<String> notes(Change change, Description description) {
        List<String> notes = new ArrayList<>();
        description.rest().map(Text::escape).ifPresent(notes::add);
        change.alarm().contributor().ifPresent(id -> notes.add("one of many: " + Text.code(id)));
        if (change.reason().contains("no datapoints were received")) {
            notes.add("nothing was measured, which "
                    + change.condition()
                            .flatMap(Condition::missing)
                            .map(missing -> "counts as " + missing)
                            .orElse("is why"));
        }
        change.suppressed().ifPresent(by -> notes.add("its actions are kept back by " + Text.escape(by)));
        String tags = change.tags().entrySet().stream()
                .filter(tag -> !tag.getKey().equals("runbook"))
                .map(tag -> Text.escape(tag.getKey()) + ": " + Text.escape(tag.getValue()))
                .collect(Collectors.joining(", "));
        if (!tags.isEmpty()) {
            notes.add(tags);
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", notes));
    }

    private static SlackMessage reconfigured(Reconfigured change) {
        String says = "The alarm %s was %s"
                .formatted(
                        change.alarm().name(),
                        switch (change.operation()) {
                            case "create" -> "made";
                            case "delete" -> "deleted";
                            default -> "changed";
                        });
        List<ObjectNode> blocks = new ArrayList<>();
        blocks.add(Blocks.section("%s %s".formatted(Text.escape(says), Text.time(change.at()))));
        Console.alarm(change.alarm())
                .ifPresent(url -> blocks.add(Blocks.actions(Blocks.link("console", "Console", url))));
        return message(says, blocks);
    }

    private static SlackMessage other(Other other) {
        String headline = other.subject().orElse("Something arrived that is no alarm");
        return message(
                headline,
                List.of(
                        Blocks.header(headline),
                        Blocks.section("```" + Text.cut(plain(other.text()), LONG_CODE) + "```"),
                        Blocks.context("shown as it came, because it has no form of an alarm that is known here")));
    }

    /** The text of a notification is markup as well: nobody's description may call a channel. */
    private static SlackMessage message(String notification, List<ObjectNode> blocks) {
        return new SlackMessage(Text.escape(notification), blocks);
    }

    /** What would end a block of code early is taken out. */
    private static String plain(String text) {
        return text.isBlank()
                ? "(nothing)"
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("```", "'''");
    }

    private static String sign(AlarmState state) {
        return switch (state) {
            case ALARM -> "🔴";
            case OK -> "🟢";
            case INSUFFICIENT_DATA -> "⚪";
        };
    }

    private static String name(AlarmState state) {
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

    private static String duration(Duration period) {
        long seconds = period.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
