package io.reverser.alarms.notifier.message;

import io.reverser.slack.message.Mrkdwn;

/** What only the one who clicked reads. */
public final class EphemeralReplies {

    public static final String OUTDATED_MESSAGE =
            "This message is not the newest of its alarm any more, or the alarm is fine by now. Nothing was changed.";

    private EphemeralReplies() {}

    public static String alreadyAcknowledged(String by) {
        return Mrkdwn.mention(by) + " looks after it already.";
    }
}
