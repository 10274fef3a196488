package io.reverser.access.granter.notification;

import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyDecision;
import io.reverser.access.request.MessageRef;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.VersionedRequest;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackException;
import io.reverser.slack.message.SlackMessage;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Posts and updates the message about each request in the approvers' channel, and notifies the people who must act or
 * be informed. If the function is interrupted, a notification may arrive twice, but is never lost.
 */
public class RequestNotifier {

    private static final Logger LOG = Logger.getLogger(RequestNotifier.class);

    private final SlackClient slack;
    private final Policy policy;
    private final Duration remindBeforeEnd;

    public RequestNotifier(SlackClient slack, Policy policy, Duration remindBeforeEnd) {
        this.slack = slack;
        this.policy = policy;
        this.remindBeforeEnd = remindBeforeEnd;
    }

    /** Posts or updates the message about a request, and sends the notifications that are due. */
    public VersionedRequest.SlackState publish(VersionedRequest stored) {
        Request request = stored.request();
        ApprovalContext approvalContext =
                ApprovalContext.of(policy, request.details().access());
        SlackMessage message = RequestMessages.requestMessage(request, approvalContext);
        MessageRef messageRef = stored.messageRef()
                .filter(previous -> tryUpdate(previous, message))
                .orElseGet(() -> {
                    PostedMessage posted = slack.post(policy.slack().approvalsChannelId(), message);
                    return new MessageRef(posted.channel(), posted.ts());
                });
        var notification = RequestNotification.of(request);
        if (stored.slackState()
                .map(VersionedRequest.SlackState::notificationKey)
                .filter(notification.key()::equals)
                .isEmpty()) {
            notifyRecipients(notification, request, approvalContext.approvers(), messageRef);
        }
        return new VersionedRequest.SlackState(stored.version(), messageRef, notification.key());
    }

    /**
     * Updates the message about a request; false when the message cannot be updated, for example because it was
     * deleted, and a new message is needed.
     */
    private boolean tryUpdate(MessageRef previous, SlackMessage message) {
        try {
            slack.update(new PostedMessage(previous.channel(), previous.ts()), message);
            return true;
        } catch (SlackException failure) {
            if (failure.kind() == SlackException.Kind.PERMANENT) {
                LOG.warnf(
                        "Message %s cannot be updated, so a new one is posted: %s",
                        previous.ts(), failure.getMessage());
                return false;
            }
            throw failure;
        }
    }

    /** The time at which the approvers get a reminder of a pending request. */
    public Instant approverReminderTime(Pending pending) {
        Duration after = policy.evaluate(pending.details().access())
                .approval()
                .map(PolicyDecision.NeedsApproval::remindAfter)
                .orElseGet(() -> Duration.between(pending.details().requestedAt(), pending.expiresAt())
                        .dividedBy(2));
        return pending.details().requestedAt().plus(after);
    }

    /** The time at which the requester gets a reminder that the access will expire. */
    public Instant ownerReminderTime(Granted granted) {
        Instant early = granted.expiresAt().minus(remindBeforeEnd);
        Instant half = granted.grantedAt()
                .plus(Duration.between(granted.grantedAt(), granted.expiresAt()).dividedBy(2));
        return early.isAfter(half) ? early : half;
    }

    private void notifyRecipients(
            RequestNotification notification, Request request, Set<String> approvers, MessageRef messageRef) {
        var main = new PostedMessage(messageRef.channel(), messageRef.ts());
        switch (notification.recipients()) {
            case NONE -> {}
            case APPROVERS -> slack.reply(main, RequestMessages.approverMention(request, approvers));
            case REQUESTER -> sendDirectMessage(request.details().access().requester(), request);
            case REQUESTER_AND_APPROVERS -> {
                sendDirectMessage(request.details().access().requester(), request);
                approvers.forEach(person -> sendDirectMessage(person, request));
            }
        }
    }

    /**
     * Sends a direct message about a request. If Slack cannot deliver the message to this person, the other people are
     * notified nevertheless.
     */
    private void sendDirectMessage(String person, Request request) {
        try {
            slack.post(person, RequestMessages.directMessage(request, person));
        } catch (SlackException failure) {
            if (failure.kind() == SlackException.Kind.RETRYABLE) {
                throw failure;
            }
            LOG.warnf("Could not notify %s about %s: %s", person, request.id(), failure.getMessage());
        }
    }
}
