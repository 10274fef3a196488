package io.reverser.rotation.rotator.slack;

import io.reverser.rotation.rotator.eventlog.RotationLog;
import io.reverser.rotation.rotator.eventlog.RotationLogEntry;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackException;
import io.reverser.slack.message.SlackMessage;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Publishes the outbox of the rotation log in Slack: a message for each rotation or other subject, updated in place,
 * and a reply in the message's thread for each log entry. Posting is idempotent: each message has a deduplication key,
 * and is searched for before it is posted. The next invocation publishes entries that Slack rejects now; no rotation
 * waits for Slack.
 */
public final class SlackThreadPublisher {

    private static final Logger LOG = Logger.getLogger(SlackThreadPublisher.class);
    private static final Duration MAX_LOOKBACK = Duration.ofDays(14);

    private final SlackClient slack;
    private final String channel;
    private final RotationMessage rotationMessage;
    private final RotationLog rotationLog;

    public SlackThreadPublisher(
            SlackClient slack, String channel, RotationMessage rotationMessage, RotationLog rotationLog) {
        this.slack = slack;
        this.channel = channel;
        this.rotationMessage = rotationMessage;
        this.rotationLog = rotationLog;
    }

    public void publish() {
        var bySubject = rotationLog.findUnpublished().stream()
                .collect(Collectors.groupingBy(RotationLogEntry::subject, LinkedHashMap::new, Collectors.toList()));
        for (var about : bySubject.entrySet()) {
            try {
                publishSubject(about.getKey(), about.getValue());
            } catch (SlackException failure) {
                LOG.warnf("Slack rejected a message: %s", failure.getMessage());
                if (failure.kind() == SlackException.Kind.RETRYABLE) {
                    return;
                }
            }
        }
    }

    private void publishSubject(String subject, List<RotationLogEntry> unpublished) {
        SlackMessage now =
                rotationMessage.render(rotationLog.findEntries(subject)).withDedupKey(subject);
        try {
            updateThread(findOrPostRoot(subject, now), now, unpublished);
        } catch (SlackException failure) {
            if (!failure.isMessageGone()) {
                throw failure;
            }
            updateThread(postRoot(subject, now), now, unpublished);
        }
        unpublished.forEach(rotationLog::markPublished);
    }

    private void updateThread(PostedMessage root, SlackMessage now, List<RotationLogEntry> unpublished) {
        for (RotationLogEntry entry : unpublished) {
            String replyDedupKey = entry.subject() + "#" + entry.key();
            if (slack.findReply(root, replyDedupKey).isEmpty()) {
                slack.reply(root, RotationMessage.threadReply(entry).withDedupKey(replyDedupKey));
            }
        }
        slack.update(root, now);
    }

    /** Finds the message about a rotation or other subject, or posts it. */
    private PostedMessage findOrPostRoot(String subject, SlackMessage first) {
        return rotationLog
                .findThread(subject)
                .map(ts -> new PostedMessage(channel, ts))
                .or(() -> slack.find(channel, subject, rotationLog.now().minus(MAX_LOOKBACK))
                        .map(found -> saveThread(subject, found)))
                .orElseGet(() -> postRoot(subject, first));
    }

    private PostedMessage postRoot(String subject, SlackMessage message) {
        return saveThread(subject, slack.post(channel, message));
    }

    private PostedMessage saveThread(String subject, PostedMessage root) {
        rotationLog.saveThread(subject, root.ts());
        return root;
    }
}
