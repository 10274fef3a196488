package io.reverser.access.command.workflow;

import io.reverser.access.request.MessageRef;
import io.reverser.access.request.VersionedRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * One action of a user in Slack.
 *
 * @param userId the user's Slack user ID
 * @param idempotencyKey a key that stays the same when Slack delivers the same action again
 * @param clickedMessage the message in the approvers' channel whose button was clicked; empty if the action was not a
 *     click
 */
public record UserAction(String userId, String idempotencyKey, Instant at, Optional<MessageRef> clickedMessage) {

    /**
     * Whether the clicked button is on a message other than the request's message. Returns false until the reference to
     * the request's message is stored, because an approver may click before that.
     */
    boolean isFromOtherMessage(VersionedRequest stored) {
        return clickedMessage.isPresent()
                && stored.messageRef().isPresent()
                && !clickedMessage.equals(stored.messageRef());
    }
}
