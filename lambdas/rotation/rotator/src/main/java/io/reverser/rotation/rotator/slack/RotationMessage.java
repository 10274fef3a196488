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

/**
 * Renders entries of the rotation log for Slack: one message for each rotation or other subject, updated in place, and
 * a thread reply for each entry.
 */
public final class RotationMessage {

    private static final String GOOD = "#2eb67d";
    private static final String IN_PROGRESS = "#1264a3";
    private static final String BAD = "#e01e5a";
    private static final String WARNING = "#ecb22e";

    private final String environment;

    public RotationMessage(String environment) {
        this.environment = environment;
    }

    /** Renders the message about a rotation or other subject from all its log entries. */
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

    static SlackMessage threadReply(RotationLogEntry entry) {
        String text = replyText(entry);
        return new SlackMessage(text, List.of(Blocks.section(text)));
    }

    private static String replyText(RotationLogEntry entry) {
        String message = Mrkdwn.escape(entry.message());
        return switch (entry.type()) {
            case STARTED -> "Rotation started: " + message + ".";
            case REQUESTED -> "Secrets Manager is creating the new password and setting it in the database.";
            case STEP_FAILED -> "⚠️ A rotation step failed. Secrets Manager retries it: " + message;
            case PROMOTED ->
                "The database accepts the new password, and the secret holds it"
                        + (message.isEmpty() ? "" : "; " + message) + ".";
            case SYNCING -> "External Secrets is syncing the new password into the cluster.";
            case SYNCED -> "The new password is in the cluster.";
            case ROLLED_OUT -> "All pods use the new password.";
            case COMPLETED -> "✅ Done. The old password no longer works: the database refused a login with it.";
            case ROLLING_BACK -> "↩️ Rolling back: " + message + ".";
            case ROLLBACK_PROMOTED -> "The secret holds the old password again.";
            case ROLLBACK_SYNCING -> "External Secrets is syncing the old password into the cluster.";
            case ROLLBACK_SYNCED -> "The old password is in the cluster again.";
            case ROLLBACK_ROLLED_OUT -> "No pod uses the new password any more.";
            case ROLLED_BACK ->
                "↩️ Rolled back. The database accepted a login with the old password, and refused one with the new"
                        + " password. The rotation is retried in the next window in which it is due.";
            case REJECTED -> "⛔ Rejected before anything changed: " + message + ".";
            case ABANDONED -> "⛔ Abandoned: " + message + ".";
            case STUCK -> "🆘 Needs attention: " + message + ". The rotation continues by itself once this is fixed.";
            case BLOCKED -> "⏳ Waiting to start: " + message + ".";
            case UNBLOCKED -> "▶️ Nothing blocks the rotation any more, and it has started.";
            case WINDOW_MISSED ->
                "⌛ Window missed: the rotation did not start before the cutoff. The next window tries again.";
            case CHANGED_EXTERNALLY ->
                "✍️ The secret was changed outside a rotation. New pods get its current value; check that the database"
                        + " accepts it.";
        };
    }

    private String headline(Set<RotationEventType> types) {
        String of = " of " + environment;
        if (types.contains(RotationEventType.COMPLETED)) {
            return "🔑 The database password" + of + " has changed";
        }
        if (types.contains(RotationEventType.ABANDONED) && types.contains(RotationEventType.PROMOTED)) {
            return "✍️ The database secret" + of + " was changed by hand during a rotation";
        }
        if (types.contains(RotationEventType.ROLLED_BACK)) {
            return "↩️ The database password" + of + " was rolled back";
        }
        if (types.contains(RotationEventType.REJECTED) || types.contains(RotationEventType.ABANDONED)) {
            return "⛔ The database password" + of + " was not changed";
        }
        if (types.contains(RotationEventType.STUCK)) {
            return "🆘 The rotation of the database password" + of + " is stuck";
        }
        if (types.contains(RotationEventType.ROLLING_BACK)) {
            return "↩️ The rotation of the database password" + of + " is being rolled back";
        }
        if (types.contains(RotationEventType.STARTED)) {
            return "🔄 The database password" + of + " is being changed";
        }
        if (types.contains(RotationEventType.UNBLOCKED)) {
            return "▶️ The rotation of the database password" + of + " was delayed and has started";
        }
        return types.contains(RotationEventType.CHANGED_EXTERNALLY)
                ? "✍️ The database secret" + of + " was changed by hand"
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

    /** The main steps of the rotation, completed and remaining. */
    private static String progressLine(Set<RotationEventType> types) {
        return checkbox(types, RotationEventType.PROMOTED, "new password in the database")
                + checkbox(types, RotationEventType.SYNCED, "in the cluster")
                + checkbox(types, RotationEventType.ROLLED_OUT, "in all pods")
                + checkbox(types, RotationEventType.COMPLETED, "old password revoked")
                        .stripTrailing();
    }

    private static String checkbox(Set<RotationEventType> types, RotationEventType type, String what) {
        return (types.contains(type) ? "✅ " : "⬜ ") + what + "   ";
    }
}
