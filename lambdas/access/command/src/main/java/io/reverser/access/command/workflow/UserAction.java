package io.reverser.access.command.workflow;

import io.reverser.access.request.MessageRef;
import io.reverser.access.request.VersionedRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user did.
 *
 * @param userId a Slack user ID
 * @param idempotencyKey the same when Slack delivers the same action again
 * @param clickedMessage the message in the approvers' channel whose button was clicked
 */
public record UserAction(String userId, String idempotencyKey, Instant at, Optional<MessageRef> clickedMessage) {

    /**
     * Whether the clicked button is on a message other than the request's. False while the request's message is not
     * recorded yet: an approver may click before that.
     */
    boolean isFromOtherMessage(VersionedRequest stored) {
        return clickedMessage.isPresent()
                && stored.messageRef().isPresent()
                && !clickedMessage.equals(stored.messageRef());
    }
}
