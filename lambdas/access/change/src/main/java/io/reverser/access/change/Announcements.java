package io.reverser.access.change;

import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Ruling;
import io.reverser.access.request.Post;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.Stored;
import io.reverser.slack.Slack;
import io.reverser.slack.SlackFailure;
import io.reverser.slack.SlackMessage;
import io.reverser.slack.SlackRequest.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tells about requests: one message in the approvers' channel that stays true, and calls to those who have to act or to
 * know. A call that was cut off may be made twice, never lost.
 */
class Announcements {

    private static final Logger LOG = Logger.getLogger(Announcements.class);

    private final Slack slack;
    private final Policy policy;
    private final Duration beforeEnd;

    Announcements(Slack slack, Policy policy, Duration beforeEnd) {
        this.slack = slack;
        this.policy = policy;
        this.beforeEnd = beforeEnd;
    }

    /** Makes Slack show the request as it is. */
    Stored.Shown tell(Stored stored) {
        Request request = stored.request();
        Audience audience = Audience.of(policy, request.ask().wish());
        SlackMessage message = Wording.channel(request, audience);
        Post post = stored.post().filter(old -> update(old, message)).orElseGet(() -> {
            Message posted = slack.post(policy.slack().approvals(), message);
            return new Post(posted.channel(), posted.ts());
        });
        var notice = Notice.of(request);
        if (stored.shown()
                .map(Stored.Shown::notice)
                .filter(notice.name()::equals)
                .isEmpty()) {
            call(notice, request, audience.people(), post);
        }
        return new Stored.Shown(stored.version(), post, notice.name());
    }

    /** Not when somebody took the message away, or Slack lets nobody change it any more; then it takes another one. */
    private boolean update(Post old, SlackMessage message) {
        try {
            slack.update(new Message(old.channel(), old.ts()), message);
            return true;
        } catch (SlackFailure failure) {
            if (failure.kind() == SlackFailure.Kind.REFUSED) {
                LOG.warnf("The message %s cannot be changed and is posted anew: %s", old.ts(), failure.getMessage());
                return false;
            }
            throw failure;
        }
    }

    /** When the approvers are called again. */
    Instant remindApproversAt(Pending pending) {
        Duration after = policy.rule(pending.ask().wish())
                .approval()
                .map(Ruling.NeedsApproval::remindAfter)
                .orElseGet(() ->
                        Duration.between(pending.ask().at(), pending.until()).dividedBy(2));
        return pending.ask().at().plus(after);
    }

    /** When the owner hears that access ends soon. */
    Instant remindOwnerAt(Granted granted) {
        Instant early = granted.until().minus(beforeEnd);
        Instant half = granted.since()
                .plus(Duration.between(granted.since(), granted.until()).dividedBy(2));
        return early.isAfter(half) ? early : half;
    }

    private void call(Notice notice, Request request, Set<String> people, Post post) {
        var main = new Message(post.channel(), post.ts());
        switch (notice.to()) {
            case NOBODY -> {}
            case APPROVERS -> slack.reply(main, Wording.approvers(request, people));
            case REQUESTER -> direct(request.ask().wish().who(), request);
            case EVERYBODY -> {
                direct(request.ask().wish().who(), request);
                people.forEach(person -> direct(person, request));
            }
        }
    }

    /** Somebody who cannot be written to must not keep the others from hearing of it. */
    private void direct(String person, Request request) {
        try {
            slack.post(person, Wording.direct(request, person));
        } catch (SlackFailure failure) {
            if (failure.kind() == SlackFailure.Kind.RETRY) {
                throw failure;
            }
            LOG.warnf("%s could not be told about %s: %s", person, request.id(), failure.getMessage());
        }
    }
}
