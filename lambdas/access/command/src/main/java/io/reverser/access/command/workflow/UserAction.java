package io.reverser.access.command.workflow;

import io.reverser.access.request.MessageRef;
import io.reverser.access.request.VersionedRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody did.
 *
 * @param userId a Slack user ID
 * @param idempotencyKey the same when Slack sends the same act again
 * @param clickedMessage the message in the approvers' channel whose button was clicked
 */
public record UserAction(String userId, String idempotencyKey, Instant at, Optional<MessageRef> clickedMessage) {

    /**
     * Whether the button that was clicked stands on another message than the request's. Somebody may be so fast that it is
     * not written down yet which one that is.
     */
    boolean isFromOtherMessage(VersionedRequest stored) {
        return clickedMessage.isPresent()
                && stored.messageRef().isPresent()
                && !clickedMessage.equals(stored.messageRef());
    }
}
