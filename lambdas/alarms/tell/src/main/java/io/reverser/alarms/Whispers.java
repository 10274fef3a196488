package io.reverser.alarms;

import io.reverser.slack.Text;

/** What only the one who clicked reads. */
final class Whispers {

    static final String PAST =
            "This message is not the newest of its alarm any more, or the alarm is fine by now. Nothing was changed.";

    private Whispers() {}

    static String taken(String by) {
        return Text.mention(by) + " looks after it already.";
    }
}
