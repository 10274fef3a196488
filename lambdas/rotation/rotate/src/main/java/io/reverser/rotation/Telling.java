package io.reverser.rotation;

import io.reverser.slack.Slack;
import io.reverser.slack.SlackFailure;
import io.reverser.slack.SlackMessage;
import io.reverser.slack.SlackRequest.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Tells in Slack what was noted: a message for each subject, changed as it goes on, and a line in its thread for each note.
 * Each is marked, and looked for before it is posted, so that it is there once whoever was cut off. What Slack does not
 * take now is told the next time; no rotation waits for it.
 */
final class Telling {

    private static final Logger LOG = Logger.getLogger(Telling.class);
    private static final Duration LOOKED_BACK = Duration.ofDays(14);

    private final Slack slack;
    private final String channel;
    private final Story story;
    private final Journal journal;

    Telling(Slack slack, String channel, Story story, Journal journal) {
        this.slack = slack;
        this.channel = channel;
        this.story = story;
        this.journal = journal;
    }

    /** Tells what nobody was told of yet. */
    void tell() {
        var bySubject = journal.untold().stream()
                .collect(Collectors.groupingBy(Note::subject, LinkedHashMap::new, Collectors.toList()));
        for (var about : bySubject.entrySet()) {
            try {
                tell(about.getKey(), about.getValue());
            } catch (SlackFailure failure) {
                LOG.warnf("Slack could not be told: %s", failure.getMessage());
                if (failure.kind() == SlackFailure.Kind.RETRY) {
                    return;
                }
            }
        }
    }

    private void tell(String subject, List<Note> untold) {
        SlackMessage now = story.message(journal.about(subject)).marked(subject);
        try {
            tell(root(subject, now), now, untold);
        } catch (SlackFailure failure) {
            if (!failure.isMessageGone()) {
                throw failure;
            }
            tell(post(subject, now), now, untold);
        }
        untold.forEach(journal::told);
    }

    private void tell(Message root, SlackMessage now, List<Note> untold) {
        for (Note note : untold) {
            String mark = note.subject() + "#" + note.key();
            if (slack.findReply(root, mark).isEmpty()) {
                slack.reply(root, Story.line(note).marked(mark));
            }
        }
        slack.update(root, now);
    }

    /** The subject's message; it is posted when there is none yet. */
    private Message root(String subject, SlackMessage first) {
        return journal.thread(subject)
                .map(ts -> new Message(channel, ts))
                .or(() -> slack.find(channel, subject, journal.now().minus(LOOKED_BACK))
                        .map(found -> kept(subject, found)))
                .orElseGet(() -> post(subject, first));
    }

    private Message post(String subject, SlackMessage message) {
        return kept(subject, slack.post(channel, message));
    }

    private Message kept(String subject, Message root) {
        journal.keepThread(subject, root.ts());
        return root;
    }
}
