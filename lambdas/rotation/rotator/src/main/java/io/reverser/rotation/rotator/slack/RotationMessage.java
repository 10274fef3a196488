package io.reverser.rotation.rotator.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.rotation.rotator.eventlog.RotationEventType;
import io.reverser.rotation.rotator.eventlog.RotationLogEntry;
import io.reverser.rotation.rotator.text.RotationText;
import io.reverser.slack.message.Blocks;
import io.reverser.slack.message.Mrkdwn;
import io.reverser.slack.message.SlackMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a rotation, or whatever else was noted, looks in Slack: one message that stays true, and a line for each note. */
public final class RotationMessage {

    private static final String GOOD = "#2eb67d";
    private static final String IN_PROGRESS = "#1264a3";
    private static final String BAD = "#e01e5a";
    private static final String WARNING = "#ecb22e";

    private final String environment;

    public RotationMessage(String environment) {
        this.environment = environment;
    }

    /** The message, from all that was noted about its subject. */
    SlackMessage render(List<RotationLogEntry> entries) {
        RotationLogEntry last =
                entries.stream().max(RotationLogEntry.CHRONOLOGICAL).orElseThrow();
        Set<RotationEventType> types =
                new TreeSet<>(entries.stream().map(RotationLogEntry::type).toList());
        List<ObjectNode> blocks = new ArrayList<>();
        if (types.contains(RotationEventType.STARTED)) {
            blocks.add(Blocks.section(progressLine(types)));
        }
        blocks.add(Blocks.section(RotationText.threadReply(last)));
        blocks.add(Blocks.context("%s · %s".formatted(Mrkdwn.code(environment), Mrkdwn.time(last.at()))));
        return new SlackMessage(headline(types), blocks, Optional.of(colour(types)), Optional.empty());
    }

    /** A line of its thread. */
    static SlackMessage threadReply(RotationLogEntry entry) {
        String text = RotationText.threadReply(entry);
        return new SlackMessage(text, List.of(Blocks.section(text)));
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
