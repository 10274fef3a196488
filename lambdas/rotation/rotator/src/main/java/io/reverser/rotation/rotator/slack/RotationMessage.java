package io.reverser.rotation.rotator.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.rotation.rotator.eventlog.RotationEventType;
import io.reverser.rotation.rotator.eventlog.RotationLogEntry;
import io.reverser.slack.message.Blocks;
import io.reverser.slack.message.Mrkdwn;
import io.reverser.slack.message.SlackMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a rotation, or whatever else was logged, looks in Slack: one message that stays true, and a reply for each entry. */
public final class RotationMessage {

    private static final String GOOD = "#2eb67d";
    private static final String IN_PROGRESS = "#1264a3";
    private static final String BAD = "#e01e5a";
    private static final String WARNING = "#ecb22e";

    private final String environment;

    public RotationMessage(String environment) {
        this.environment = environment;
    }

    /** The message, from all entries about its subject. */
    SlackMessage render(List<RotationLogEntry> entries) {
        RotationLogEntry last =
                entries.stream().max(RotationLogEntry.CHRONOLOGICAL).orElseThrow();
        Set<RotationEventType> types =
                new TreeSet<>(entries.stream().map(RotationLogEntry::type).toList());
        List<ObjectNode> blocks = new ArrayList<>();
        if (types.contains(RotationEventType.STARTED)) {
            blocks.add(Blocks.section(progressLine(types)));
        }
        blocks.add(Blocks.section(replyText(last)));
        blocks.add(Blocks.context("%s · %s".formatted(Mrkdwn.code(environment), Mrkdwn.time(last.at()))));
        return new SlackMessage(headline(types), blocks, Optional.of(colour(types)), Optional.empty());
    }

    /** A line of its thread. */
    static SlackMessage threadReply(RotationLogEntry entry) {
        String text = replyText(entry);
        return new SlackMessage(text, List.of(Blocks.section(text)));
    }

    /** What happened, as a line of the thread. */
    private static String replyText(RotationLogEntry entry) {
        String message = Mrkdwn.escape(entry.message());
        return switch (entry.type()) {
            case STARTED -> "A new password, for the " + message + ".";
            case REQUESTED -> "Secrets Manager makes it and gives it to the database.";
            case STEP_FAILED -> "⚠️ A step failed, and is repeated: " + message;
            case PROMOTED ->
                "The database lets it in. It is in the secret now" + (message.isEmpty() ? "" : "; " + message) + ".";
            case SYNCING -> "External Secrets was asked to fetch it.";
            case SYNCED -> "It is in the cluster.";
            case ROLLED_OUT -> "All pods are new.";
            case COMPLETED -> ("✅ The password before is not let in any more. " + message).strip();
            case ROLLING_BACK -> "↩️ It is taken back: " + message;
            case ROLLBACK_PROMOTED -> "The password before is in the secret again.";
            case ROLLBACK_SYNCING -> "External Secrets was asked to fetch that.";
            case ROLLBACK_SYNCED -> "It is in the cluster again.";
            case ROLLBACK_ROLLED_OUT -> "No pod has the new password.";
            case ROLLED_BACK -> "↩️ All is as before, and was tried: the new password is not let in any more.";
            case REJECTED -> "⛔ Refused, and nothing was changed: " + message;
            case ABANDONED -> "⛔ Given up: " + message + ".";
            case STUCK -> "🆘 Needs attention: " + message + ". When that is put right, it goes on by itself.";
            case BLOCKED -> "⏳ It is due, and waits: " + message;
            case UNBLOCKED -> "▶️ Nothing is in its way any more: it has begun.";
            case WINDOW_MISSED -> "⌛ The window went by: nothing was begun in it.";
            case CHANGED_EXTERNALLY ->
                "✍️ The secret was changed outside of a rotation. New pods get its present value.";
        };
    }

    private String headline(Set<RotationEventType> types) {
        String of = " of " + environment;
        if (types.contains(RotationEventType.COMPLETED)) {
            return "🔑 The database password" + of + " has changed";
        }
        if (types.contains(RotationEventType.ABANDONED) && types.contains(RotationEventType.PROMOTED)) {
            return "✍️ The secret of the database" + of + " was changed by hand while its password was being changed";
        }
        if (types.contains(RotationEventType.ROLLED_BACK) || types.contains(RotationEventType.ABANDONED)) {
            return "↩️ The database password" + of + " is as before";
        }
        if (types.contains(RotationEventType.REJECTED)) {
            return "⛔ The database password" + of + " was not changed";
        }
        if (types.contains(RotationEventType.STUCK)) {
            return "🆘 The change of the database password" + of + " is stuck";
        }
        if (types.contains(RotationEventType.ROLLING_BACK)) {
            return "↩️ The change of the database password" + of + " is taken back";
        }
        if (types.contains(RotationEventType.STARTED)) {
            return "🔄 The database password" + of + " is being changed";
        }
        if (types.contains(RotationEventType.UNBLOCKED)) {
            return "▶️ The change of the database password" + of + " has waited, and has begun";
        }
        return types.contains(RotationEventType.CHANGED_EXTERNALLY)
                ? "✍️ The secret of the database" + of + " was changed by hand"
                : "⏳ The database password" + of + " is due to be changed";
    }

    private static String colour(Set<RotationEventType> types) {
        if (types.contains(RotationEventType.COMPLETED) || types.contains(RotationEventType.UNBLOCKED)) {
            return GOOD;
        }
        if (types.stream().anyMatch(type -> type.isTerminal() || type == RotationEventType.STUCK)) {
            return BAD;
        }
        return types.contains(RotationEventType.STARTED) && !types.contains(RotationEventType.ROLLING_BACK)
                ? IN_PROGRESS
                : WARNING;
    }

    /** What is done and what is to come. */
    private static String progressLine(Set<RotationEventType> types) {
        return checkbox(types, RotationEventType.PROMOTED, "new password in the database")
                + checkbox(types, RotationEventType.SYNCED, "in the cluster")
                + checkbox(types, RotationEventType.ROLLED_OUT, "in all pods")
                + checkbox(types, RotationEventType.COMPLETED, "old password gone")
                        .stripTrailing();
    }

    private static String checkbox(Set<RotationEventType> types, RotationEventType type, String what) {
        return (types.contains(type) ? "✅ " : "⬜ ") + what + "   ";
    }
}
