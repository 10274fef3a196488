package io.reverser.alarms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Notice.Other;
import io.reverser.alarms.Notice.Reconfigured;
import io.reverser.slack.Blocks;
import io.reverser.slack.Blocks.Style;
import io.reverser.slack.SlackMessage;
import io.reverser.slack.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that is said about alarms: what, how bad, since when, and what to do. */
final class Wording {

    /**
     * Characters of a message with many lines. Slack says that it takes more, and does not.
     *
     * @see <a href="https://github.com/slackapi/bolt-js/issues/2509">Blocks too long error</a>
     */
    private static final int LONG_MESSAGE = 10_000;

    private Wording() {}

    /** The message of an alarm, as it is now. */
    static SlackMessage alarm(Kept kept, Instant now) {
        return alarm(kept, kept.shown().called(), Optional.empty(), now);
    }

    /** The same for the line that makes it change; a message calls people when it is posted. */
    static SlackMessage alarm(Kept kept, Line line, Instant now) {
        boolean isNew = kept.shown().message().isEmpty();
        return alarm(kept, isNew ? line.mentions() : kept.shown().called(), line.because(), now);
    }

    private static SlackMessage alarm(Kept kept, List<String> mentions, Optional<String> because, Instant now) {
        Change change = kept.change();
        Shown shown = kept.shown();
        Description description = Description.of(change);
        List<ObjectNode> blocks = new ArrayList<>();
        blocks.add(Blocks.section(state(change, kept.episode())));
        if (shown.above().isEmpty()) {
            Phrases.watched(change).map(Blocks::section).ifPresent(blocks::add);
            if (!change.reason().isBlank()) {
                blocks.add(Blocks.section("> " + Text.escape(change.reason())));
            }
            shown.pictures()
                    .ifPresent(pictures -> pictures.files()
                            .forEach(file -> blocks.add(Blocks.image(
                                    file, "Graph of " + change.alarm().name()))));
        }
        notes(change, description, shown, because, now).map(Blocks::context).ifPresent(blocks::add);
        List<ObjectNode> buttons = buttons(kept, description, now);
        if (!buttons.isEmpty()) {
            blocks.add(Blocks.actions(buttons.toArray(ObjectNode[]::new)));
        }
        return new SlackMessage(
                headline(change, description) + calls(mentions),
                blocks,
                Optional.of(colour(change.state())),
                Optional.empty());
    }

    /** A message about what is no alarm. */
    static SlackMessage plain(Line line) {
        SlackMessage message = switch (line.notice()) {
            case Change change -> note(line, true);
            case Reconfigured change -> reconfigured(change);
            case Other other -> other(other);
        };
        List<ObjectNode> blocks = new ArrayList<>(message.blocks());
        line.because().map(Text::escape).map(Blocks::context).ifPresent(blocks::add);
        return new SlackMessage(message.text(), blocks);
    }

    /** A line in the thread of an alarm. */
    static SlackMessage note(Line line, boolean isNamed) {
        String text = switch (line.notice()) {
            case Change change -> {
                String late = line.kind() == Line.Kind.LATE ? ", which was only heard of now" : "";
                String what = isNamed
                        ? " " + Text.code(change.alarm().name()) + ": "
                                + Text.escape(Description.of(change).title())
                        : "";
                String reason = change.reason().isBlank() ? "" : "\n> " + Text.escape(change.reason());
                yield "%s *%s*%s %s%s%s%s"
                        .formatted(
                                Phrases.sign(change.state()),
                                Phrases.name(change.state()),
                                what,
                                Text.time(change.at()),
                                late,
                                line.again() ? calls(line.mentions()) : "",
                                reason);
            }
            case Reconfigured change -> reconfigured(change).text();
            case Other other -> Text.escape(other.text());
        };
        return new SlackMessage(text, List.of(Blocks.section(text)));
    }

    /** What is left when Slack takes nothing else: the text as it came, without any form. */
    static SlackMessage raw(Line line) {
        String text = Text.escape(line.because().orElse("Shown without form")) + "\n```"
                + Text.cut(Phrases.plain(line.body()), Phrases.LONG_CODE) + "```";
        return new SlackMessage(text, List.of());
    }

    /** The message of a storm. */
    static SlackMessage digest(Digest digest, Collection<String> mentions) {
        long ringing = digest.count(AlarmState.ALARM);
        String headline = ringing > 0
                ? "🔴 *A storm: %d %s*".formatted(ringing, ringing == 1 ? "alarm rings" : "alarms ring")
                : "🟢 *The storm is over: no alarm rings any more*";
        List<ObjectNode> blocks = new ArrayList<>();
        blocks.add(Blocks.section("ringing: %d, fine again: %d, without data: %d\nchanges: %d since %s, the last %s"
                .formatted(
                        ringing,
                        digest.count(AlarmState.OK),
                        digest.count(AlarmState.INSUFFICIENT_DATA),
                        digest.changes(),
                        Text.time(digest.opened()),
                        Text.time(digest.last()))));
        String groups = StormGroups.of(digest).stream()
                .map(group -> "%s  %d %s"
                        .formatted(Text.code(group.pattern()), group.alarms(), group.alarms() == 1 ? "rings" : "ring"))
                .collect(Collectors.joining("\n"));
        if (!groups.isEmpty()) {
            blocks.add(Blocks.section(groups));
        }
        blocks.add(Blocks.context("each change has a line in the thread; alarms get messages of their own again"
                + " when a minute passes without any"));
        return new SlackMessage(
                headline + calls(mentions),
                blocks,
                Optional.of(colour(ringing > 0 ? AlarmState.ALARM : AlarmState.OK)),
                Optional.empty());
    }

    /** As many changes of a storm as one message takes, from the first. */
    static List<Line> fitting(List<Line> lines) {
        int length = 0;
        int count = 0;
        while (count < lines.size() && length <= LONG_MESSAGE) {
            length += stormLine(lines.get(count)).length() + 1;
            count++;
        }
        return lines.subList(0, length <= LONG_MESSAGE ? count : count - 1);
    }

    /** The changes of a storm, a line for each. */
    static SlackMessage lines(List<Line> lines, Collection<String> mentions) {
        String first = "%d %s%s".formatted(lines.size(), lines.size() == 1 ? "change" : "changes", calls(mentions));
        List<ObjectNode> blocks = new ArrayList<>();
        var paragraph = new StringBuilder(first);
        for (Line line : lines) {
            String text = stormLine(line);
            if (paragraph.length() + text.length() > Phrases.LONG_CODE) {
                blocks.add(Blocks.section(paragraph.toString()));
                paragraph.setLength(0);
            }
            paragraph.append(paragraph.isEmpty() ? "" : "\n").append(text);
        }
        blocks.add(Blocks.section(paragraph.toString()));
        return new SlackMessage(first, blocks);
    }

    private static String stormLine(Line line) {
        return switch (line.notice()) {
            case Change change ->
                "%s %s %s"
                        .formatted(
                                Phrases.sign(change.state()),
                                Text.code(Text.cut(change.alarm().name(), 80)),
                                Text.timeOfDay(change.at()));
            case Reconfigured change -> reconfigured(change).text();
            case Other other -> "• " + Text.escape(Text.cut(other.subject().orElse(other.text()), 80));
        };
    }

    private static String headline(Change change, Description description) {
        return "%s *%s*".formatted(Phrases.sign(change.state()), Text.escape(description.title()));
    }

    private static String calls(Collection<String> mentions) {
        return mentions.stream().map(Text::mention).map(call -> " " + call).collect(Collectors.joining());
    }

    private static String state(Change change, Episode episode) {
        String after = episode.isOver() && episode.rings() > 0
                ? ", after " + Phrases.lasting(Duration.between(episode.opened(), episode.since()))
                : "";
        String often = episode.rings() > 1
                ? ", rang %s since %s".formatted(Phrases.times(episode.rings()), Text.time(episode.opened()))
                : "";
        return "*%s* since %s%s%s\n%s in %s, account %s"
                .formatted(
                        Phrases.name(change.state()),
                        Text.time(change.at()),
                        after,
                        often,
                        Text.code(change.alarm().name()),
                        change.alarm().region(),
                        change.alarm().account());
    }

    private static Optional<String> notes(
            Change change, Description description, Shown shown, Optional<String> because, Instant now) {
        List<String> notes = new ArrayList<>();
        shown.care()
                .ifPresent(care -> notes.add(
                        "👀 %s looks after it since %s".formatted(Text.mention(care.by()), Text.time(care.since()))));
        shown.silence()
                .filter(wish -> shown.isSilent(now))
                .ifPresent(wish -> notes.add("🔕 silent until %s, %s asked for it"
                        .formatted(wish.until().map(Text::time).orElse("it is fine"), Text.mention(wish.by()))));
        because.map(Text::escape).ifPresent(notes::add);
        if (shown.above().isPresent()) {
            notes.add("part of a composite alarm, which says the rest");
            return Optional.of(String.join("\n", notes));
        }
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

    private static List<ObjectNode> buttons(Kept kept, Description description, Instant now) {
        String alarm = kept.episode().alarm();
        List<ObjectNode> buttons = new ArrayList<>();
        if (!kept.episode().isOver()) {
            if (kept.shown().care().isEmpty()) {
                buttons.add(Blocks.button(AlarmButton.CARE.actionId(), "I look after it", alarm, Style.PRIMARY));
            }
            if (kept.shown().isSilent(now)) {
                buttons.add(Blocks.button(AlarmButton.HEAR.actionId(), "End the silence", alarm, Style.PLAIN));
            } else {
                buttons.add(Blocks.button(AlarmButton.SILENT_1H.actionId(), "Silence 1 h", alarm, Style.PLAIN));
                buttons.add(Blocks.button(AlarmButton.SILENT_4H.actionId(), "4 h", alarm, Style.PLAIN));
                buttons.add(Blocks.button(AlarmButton.SILENT_UNTIL_OK.actionId(), "until OK", alarm, Style.PLAIN));
            }
        }
        description.runbook().ifPresent(url -> buttons.add(Blocks.link("runbook", "Runbook", url)));
        Console.alarm(kept.change().alarm()).ifPresent(url -> buttons.add(Blocks.link("console", "Console", url)));
        Console.logs(kept.change()).ifPresent(url -> buttons.add(Blocks.link("logs", "Logs", url)));
        return buttons;
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
        return new SlackMessage(Text.escape(says), blocks);
    }

    /** The text of a notification is markup as well: nobody's description may call a channel. */
    private static SlackMessage other(Other other) {
        String headline = other.subject().orElse("Something arrived that is no alarm");
        return new SlackMessage(
                Text.escape(headline),
                List.of(
                        Blocks.header(headline),
                        Blocks.section("```" + Text.cut(Phrases.plain(other.text()), Phrases.LONG_CODE) + "```"),
                        Blocks.context("shown as it came, because it has no form of an alarm that is known here")));
    }

    private static String colour(AlarmState state) {
        return switch (state) {
            case ALARM -> "#d13212";
            case OK -> "#1d8102";
            case INSUFFICIENT_DATA -> "#8d99a8";
        };
    }
}
