package io.reverser.alarms.notifier.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.alarms.notifier.event.AlarmCondition;
import io.reverser.alarms.notifier.event.AlarmNotification.ConfigurationChange;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmNotification.Unrecognised;
import io.reverser.alarms.notifier.event.AlarmState;
import io.reverser.alarms.notifier.outbox.AlarmRecord;
import io.reverser.alarms.notifier.outbox.Digest;
import io.reverser.alarms.notifier.outbox.Episode;
import io.reverser.alarms.notifier.outbox.MessageState;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.slack.message.Blocks;
import io.reverser.slack.message.Blocks.Style;
import io.reverser.slack.message.Mrkdwn;
import io.reverser.slack.message.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All Slack messages about alarms. */
public final class AlarmMessages {

    /** The reply to a click on an outdated message, shown only to the user who clicked. */
    public static final String OUTDATED_MESSAGE =
            "Nothing was changed: the alarm is resolved, or it has a newer message. Use the buttons there.";

    /**
     * The maximum number of characters in a message with many lines. Slack documents a higher limit, but rejects longer
     * messages.
     *
     * @see <a href="https://github.com/slackapi/bolt-js/issues/2509">Blocks too long error</a>
     */
    private static final int MAX_MESSAGE_LENGTH = 10_000;

    private AlarmMessages() {}

    /** The message of an alarm in its current state. */
    public static SlackMessage alarm(AlarmRecord alarm, Instant now) {
        return alarm(alarm, alarm.messageState().mentioned(), Optional.empty(), now);
    }

    /**
     * The message of an alarm after a change. Only a new message mentions people; an update keeps the original
     * mentions.
     */
    public static SlackMessage alarm(AlarmRecord alarm, OutboxEntry entry, Instant now) {
        boolean isNew = alarm.messageState().messageTs().isEmpty();
        return alarm(alarm, isNew ? entry.mentions() : alarm.messageState().mentioned(), entry.explanation(), now);
    }

    private static SlackMessage alarm(
            AlarmRecord alarm, List<String> mentions, Optional<String> explanation, Instant now) {
        StateChange change = alarm.change();
        MessageState messageState = alarm.messageState();
        Description description = Description.parse(change);
        List<ObjectNode> blocks = new ArrayList<>();
        blocks.add(Blocks.section(stateLine(change, alarm.episode())));
        if (messageState.parentTs().isEmpty()) {
            AlarmText.kind(change).map(Blocks::section).ifPresent(blocks::add);
            if (!change.reason().isBlank()) {
                blocks.add(Blocks.section("> " + Mrkdwn.escape(change.reason())));
            }
            messageState
                    .graphs()
                    .ifPresent(graphs -> graphs.fileIds()
                            .forEach(file -> blocks.add(Blocks.image(
                                    file, "Graph of " + change.alarm().name()))));
        }
        notes(change, description, messageState, explanation, now)
                .map(Blocks::context)
                .ifPresent(blocks::add);
        List<ObjectNode> buttons = buttons(alarm, description, now);
        if (!buttons.isEmpty()) {
            blocks.add(Blocks.actions(buttons.toArray(ObjectNode[]::new)));
        }
        return new SlackMessage(
                headline(change, alarm.episode(), description) + mentionSuffix(mentions),
                blocks,
                Optional.of(colour(change.state())),
                Optional.empty());
    }

    /** A message about a notification that is not a state change of an alarm. */
    public static SlackMessage notification(OutboxEntry entry) {
        SlackMessage message = switch (entry.notification()) {
            case StateChange change -> threadNote(entry, true);
            case ConfigurationChange change -> configurationChange(change);
            case Unrecognised other -> unrecognised(other);
        };
        List<ObjectNode> blocks = new ArrayList<>(message.blocks());
        entry.explanation().map(Mrkdwn::escape).map(Blocks::context).ifPresent(blocks::add);
        return new SlackMessage(message.text(), blocks);
    }

    /** A reply in the thread of an alarm. */
    public static SlackMessage threadNote(OutboxEntry entry, boolean namesAlarm) {
        String text = switch (entry.notification()) {
            case StateChange change -> {
                String late = entry.kind() == OutboxEntry.Kind.LATE_NOTE ? " (received late)" : "";
                String what = namesAlarm
                        ? " " + Mrkdwn.code(change.alarm().name()) + ": "
                                + Mrkdwn.escape(Description.parse(change).title())
                        : "";
                String reason = change.reason().isBlank() ? "" : "\n> " + Mrkdwn.escape(change.reason());
                yield "%s *%s*%s %s%s%s%s"
                        .formatted(
                                AlarmText.stateEmoji(change.state()),
                                AlarmText.stateName(change.state()),
                                what,
                                Mrkdwn.time(change.at()),
                                late,
                                entry.firedAgain() ? mentionSuffix(entry.mentions()) : "",
                                reason);
            }
            case ConfigurationChange change -> configurationChange(change).text();
            case Unrecognised other -> Mrkdwn.escape(other.text());
        };
        return new SlackMessage(text, List.of(Blocks.section(text)));
    }

    /** A message with the payload as received, for when Slack rejects the formatted message. */
    public static SlackMessage plainText(OutboxEntry entry) {
        String text = Mrkdwn.escape(entry.explanation().orElse("Shown as received")) + "\n```"
                + Mrkdwn.truncate(AlarmText.escapeCode(entry.payload().text()), AlarmText.MAX_CODE_LENGTH) + "```";
        return new SlackMessage(text, List.of());
    }

    /** The digest of an alarm storm. */
    public static SlackMessage digest(Digest digest, Collection<String> mentions) {
        long firing = digest.count(AlarmState.ALARM);
        String headline = firing > 0
                ? "🔴 *Alarm storm: %d %s firing*".formatted(firing, firing == 1 ? "alarm" : "alarms")
                : "🟢 *Alarm storm over: no alarm is firing*";
        List<ObjectNode> blocks = new ArrayList<>();
        blocks.add(Blocks.section("firing: %d, resolved: %d, no data: %d\nchanges: %d since %s, latest %s"
                .formatted(
                        firing,
                        digest.count(AlarmState.OK),
                        digest.count(AlarmState.INSUFFICIENT_DATA),
                        digest.changeCount(),
                        Mrkdwn.time(digest.startedAt()),
                        Mrkdwn.time(digest.lastChangeAt()))));
        String groups = StormGroups.of(digest).stream()
                .map(group -> "%s  %d firing".formatted(Mrkdwn.code(group.pattern()), group.alarms()))
                .collect(Collectors.joining("\n"));
        if (!groups.isEmpty()) {
            blocks.add(Blocks.section(groups));
        }
        blocks.add(Blocks.context("The thread lists every change. After a minute without changes, alarms get their own"
                + " messages again."));
        return new SlackMessage(
                headline + mentionSuffix(mentions),
                blocks,
                Optional.of(colour(firing > 0 ? AlarmState.ALARM : AlarmState.OK)),
                Optional.empty());
    }

    /** The first changes of a storm, as many as fit into one message. */
    public static List<OutboxEntry> takeFitting(List<OutboxEntry> entries) {
        int length = 0;
        int count = 0;
        while (count < entries.size() && length <= MAX_MESSAGE_LENGTH) {
            length += digestLine(entries.get(count)).length() + 1;
            count++;
        }
        return entries.subList(0, length <= MAX_MESSAGE_LENGTH ? count : count - 1);
    }

    /** A reply in the thread of a digest: one line per change. */
    public static SlackMessage digestReply(List<OutboxEntry> entries, Collection<String> mentions) {
        String first = "%d %s%s"
                .formatted(entries.size(), entries.size() == 1 ? "change" : "changes", mentionSuffix(mentions));
        List<ObjectNode> blocks = new ArrayList<>();
        var paragraph = new StringBuilder(first);
        for (OutboxEntry entry : entries) {
            String text = digestLine(entry);
            if (paragraph.length() + text.length() > AlarmText.MAX_CODE_LENGTH) {
                blocks.add(Blocks.section(paragraph.toString()));
                paragraph.setLength(0);
            }
            paragraph.append(paragraph.isEmpty() ? "" : "\n").append(text);
        }
        blocks.add(Blocks.section(paragraph.toString()));
        return new SlackMessage(first, blocks);
    }

    private static String digestLine(OutboxEntry entry) {
        return switch (entry.notification()) {
            case StateChange change ->
                "%s %s %s"
                        .formatted(
                                AlarmText.stateEmoji(change.state()),
                                Mrkdwn.code(Mrkdwn.truncate(change.alarm().name(), 80)),
                                Mrkdwn.timeOfDay(change.at()));
            case ConfigurationChange change -> configurationChange(change).text();
            case Unrecognised other ->
                "• " + Mrkdwn.escape(Mrkdwn.truncate(other.subject().orElse(other.text()), 80));
        };
    }

    private static String headline(StateChange change, Episode episode, Description description) {
        String resolved = episode.isOver() && episode.timesFired() > 0 ? "Resolved: " : "";
        return "%s *%s%s*"
                .formatted(AlarmText.stateEmoji(change.state()), resolved, Mrkdwn.escape(description.title()));
    }

    private static String mentionSuffix(Collection<String> mentions) {
        return mentions.stream()
                .map(Mrkdwn::mention)
                .map(mention -> " " + mention)
                .collect(Collectors.joining());
    }

    private static String stateLine(StateChange change, Episode episode) {
        String after = episode.isOver() && episode.timesFired() > 0
                ? ", resolved after " + AlarmText.elapsed(Duration.between(episode.startedAt(), episode.since()))
                : "";
        String often = episode.timesFired() > 1
                ? ", fired %s since %s"
                        .formatted(AlarmText.times(episode.timesFired()), Mrkdwn.time(episode.startedAt()))
                : "";
        return "*%s* since %s%s%s\n%s in %s, account %s"
                .formatted(
                        AlarmText.stateName(change.state()),
                        Mrkdwn.time(change.at()),
                        after,
                        often,
                        Mrkdwn.code(change.alarm().name()),
                        change.alarm().region(),
                        change.alarm().account());
    }

    private static Optional<String> notes(
            StateChange change,
            Description description,
            MessageState messageState,
            Optional<String> explanation,
            Instant now) {
        List<String> notes = new ArrayList<>();
        messageState
                .acknowledgement()
                .ifPresent(acknowledgement -> notes.add("👀 Acknowledged by %s (%s)"
                        .formatted(Mrkdwn.mention(acknowledgement.by()), Mrkdwn.time(acknowledgement.since()))));
        messageState
                .mute()
                .filter(mute -> messageState.isMuted(now))
                .ifPresent(mute -> notes.add("🔕 Muted by %s until %s"
                        .formatted(
                                Mrkdwn.mention(mute.by()),
                                mute.until().map(Mrkdwn::time).orElse("OK"))));
        explanation.map(Mrkdwn::escape).ifPresent(notes::add);
        if (messageState.parentTs().isPresent()) {
            notes.add("Part of a composite alarm: see its message and thread");
            return Optional.of(String.join("\n", notes));
        }
        description.rest().map(Mrkdwn::escape).ifPresent(notes::add);
        change.alarm().contributor().ifPresent(id -> notes.add("Contributor: " + Mrkdwn.code(id)));
        if (change.reason().contains("no datapoints were received")) {
            notes.add("No data received"
                    + change.condition()
                            .flatMap(AlarmCondition::treatMissingData)
                            .map(missing -> "; missing data is treated as " + missing)
                            .orElse(""));
        }
        change.suppressedBy().ifPresent(by -> notes.add("Actions suppressed by " + Mrkdwn.escape(by)));
        String tags = change.tags().entrySet().stream()
                .filter(tag -> !tag.getKey().equals("runbook"))
                .map(tag -> Mrkdwn.escape(tag.getKey()) + ": " + Mrkdwn.escape(tag.getValue()))
                .collect(Collectors.joining(", "));
        if (!tags.isEmpty()) {
            notes.add(tags);
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", notes));
    }

    private static List<ObjectNode> buttons(AlarmRecord alarm, Description description, Instant now) {
        String alarmKey = alarm.episode().alarmKey();
        List<ObjectNode> buttons = new ArrayList<>();
        if (!alarm.episode().isOver()) {
            if (alarm.messageState().acknowledgement().isEmpty()) {
                buttons.add(Blocks.button(AlarmButton.ACKNOWLEDGE.actionId(), "Acknowledge", alarmKey, Style.PRIMARY));
            }
            if (alarm.messageState().isMuted(now)) {
                buttons.add(Blocks.button(AlarmButton.UNMUTE.actionId(), "Unmute", alarmKey, Style.DEFAULT));
            } else {
                buttons.add(Blocks.button(AlarmButton.MUTE_1H.actionId(), "Mute 1 h", alarmKey, Style.DEFAULT));
                buttons.add(Blocks.button(AlarmButton.MUTE_4H.actionId(), "Mute 4 h", alarmKey, Style.DEFAULT));
                buttons.add(
                        Blocks.button(AlarmButton.MUTE_UNTIL_OK.actionId(), "Mute until OK", alarmKey, Style.DEFAULT));
            }
        }
        description.runbook().ifPresent(url -> buttons.add(Blocks.linkButton("runbook", "Runbook", url)));
        ConsoleLinks.alarm(alarm.change().alarm())
                .ifPresent(url -> buttons.add(Blocks.linkButton("console", "Console", url)));
        ConsoleLinks.logs(alarm.change()).ifPresent(url -> buttons.add(Blocks.linkButton("logs", "Logs", url)));
        return buttons;
    }

    private static SlackMessage configurationChange(ConfigurationChange change) {
        String text = "The alarm %s was %s"
                .formatted(
                        change.alarm().name(),
                        switch (change.operation()) {
                            case "create" -> "created";
                            case "delete" -> "deleted";
                            default -> "changed";
                        });
        List<ObjectNode> blocks = new ArrayList<>();
        blocks.add(Blocks.section("%s %s".formatted(Mrkdwn.escape(text), Mrkdwn.time(change.at()))));
        ConsoleLinks.alarm(change.alarm())
                .ifPresent(url -> blocks.add(Blocks.actions(Blocks.linkButton("console", "Console", url))));
        return new SlackMessage(Mrkdwn.escape(text), blocks);
    }

    /**
     * A message about a notification in an unknown format. Its text is escaped, because Slack parses it as markup, and
     * a payload must not be able to mention a channel.
     */
    private static SlackMessage unrecognised(Unrecognised other) {
        String headline = other.subject().orElse("Unrecognised notification");
        return new SlackMessage(
                Mrkdwn.escape(headline),
                List.of(
                        Blocks.header(headline),
                        Blocks.section(
                                "```" + Mrkdwn.truncate(AlarmText.escapeCode(other.text()), AlarmText.MAX_CODE_LENGTH)
                                        + "```"),
                        Blocks.context("Unknown format, shown as received")));
    }

    /** The reply to a click if the alarm is already acknowledged, shown only to the user who clicked. */
    public static String alreadyAcknowledged(String by) {
        return Mrkdwn.mention(by) + " has already acknowledged this alarm.";
    }

    private static String colour(AlarmState state) {
        return switch (state) {
            case ALARM -> "#d13212";
            case OK -> "#1d8102";
            case INSUFFICIENT_DATA -> "#8d99a8";
        };
    }
}
