package io.reverser.rotation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.slack.Blocks;
import io.reverser.slack.SlackMessage;
import io.reverser.slack.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a rotation, or whatever else was noted, looks in Slack: one message that stays true, and a line for each note. */
final class Story {

    private static final String GOOD = "#2eb67d";
    private static final String UNDER_WAY = "#1264a3";
    private static final String BAD = "#e01e5a";
    private static final String WATCH = "#ecb22e";

    private final String environment;

    Story(String environment) {
        this.environment = environment;
    }

    /** The message, from all that was noted about its subject. */
    SlackMessage message(List<Note> notes) {
        Note last = notes.stream().max(Note.IN_ORDER).orElseThrow();
        Set<Mark> marks = new TreeSet<>(notes.stream().map(Note::mark).toList());
        List<ObjectNode> blocks = new ArrayList<>();
        if (marks.contains(Mark.BEGUN)) {
            blocks.add(Blocks.section(progress(marks)));
        }
        blocks.add(Blocks.section(Wording.line(last)));
        blocks.add(Blocks.context("%s · %s".formatted(Text.code(environment), Text.time(last.at()))));
        return new SlackMessage(headline(marks), blocks, Optional.of(colour(marks)), Optional.empty());
    }

    /** A line of its thread. */
    static SlackMessage line(Note note) {
        String text = Wording.line(note);
        return new SlackMessage(text, List.of(Blocks.section(text)));
    }

    private String headline(Set<Mark> marks) {
        String of = " of " + environment;
        if (marks.contains(Mark.DROPPED)) {
            return "🔑 The database password" + of + " has changed";
        }
        if (marks.contains(Mark.GIVEN_UP) && marks.contains(Mark.SWITCHED)) {
            return "✍️ The secret of the database" + of + " was changed by hand while its password was being changed";
        }
        if (marks.contains(Mark.UNDONE) || marks.contains(Mark.GIVEN_UP)) {
            return "↩️ The database password" + of + " is as before";
        }
        if (marks.contains(Mark.REFUSED)) {
            return "⛔ The database password" + of + " was not changed";
        }
        if (marks.contains(Mark.STUCK)) {
            return "🆘 The change of the database password" + of + " is stuck";
        }
        if (marks.contains(Mark.UNDOING)) {
            return "↩️ The change of the database password" + of + " is taken back";
        }
        if (marks.contains(Mark.BEGUN)) {
            return "🔄 The database password" + of + " is being changed";
        }
        if (marks.contains(Mark.GOES_ON)) {
            return "▶️ The change of the database password" + of + " has waited, and has begun";
        }
        return marks.contains(Mark.CHANGED)
                ? "✍️ The secret of the database" + of + " was changed by hand"
                : "⏳ The database password" + of + " is due to be changed";
    }

    private static String colour(Set<Mark> marks) {
        if (marks.contains(Mark.DROPPED) || marks.contains(Mark.GOES_ON)) {
            return GOOD;
        }
        if (marks.stream().anyMatch(mark -> mark.isEnd() || mark == Mark.STUCK)) {
            return BAD;
        }
        return marks.contains(Mark.BEGUN) && !marks.contains(Mark.UNDOING) ? UNDER_WAY : WATCH;
    }

    /** What is done and what is to come. */
    private static String progress(Set<Mark> marks) {
        return step(marks, Mark.SWITCHED, "new password in the database")
                + step(marks, Mark.SYNCED, "in the cluster")
                + step(marks, Mark.ROLLED, "in all pods")
                + step(marks, Mark.DROPPED, "old password gone").stripTrailing();
    }

    private static String step(Set<Mark> marks, Mark mark, String what) {
        return (marks.contains(mark) ? "✅ " : "⬜ ") + what + "   ";
    }
}
