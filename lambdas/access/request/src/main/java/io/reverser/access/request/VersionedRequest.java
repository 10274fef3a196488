package io.reverser.access.request;

import java.util.Optional;

/**
 * A request as stored in the table.
 *
 * @param version starts at 1 and increases with each change; serves as the optimistic lock
 * @param slackState what Slack shows of the request; empty before the first message
 */
public record VersionedRequest(Request request, long version, Optional<SlackState> slackState) {

    /** The message that shows the request. */
    public Optional<MessageRef> messageRef() {
        return slackState.map(SlackState::messageRef);
    }

    /** Whether Slack shows the current version of the request. */
    public boolean isPublished() {
        return slackState.filter(state -> state.version() == version).isPresent();
    }

    /** Whether the granter function may still have to act on the request or update Slack. */
    public boolean isOpen() {
        return !isPublished()
                || switch (request) {
                    case Request.Pending pending -> true;
                    case Request.Approved approved -> true;
                    case Request.Granted granted -> true;
                    case Request.Rejected rejected -> false;
                    case Request.Cancelled cancelled -> false;
                    case Request.Expired expired -> false;
                    case Request.Revoked revoked -> false;
                    case Request.Failed failed -> false;
                };
    }

    /**
     * What Slack shows of a request.
     *
     * @param version the version of the request that the message shows
     * @param notificationKey the key of the latest notification, so that each notification is sent once
     */
    public record SlackState(long version, MessageRef messageRef, String notificationKey) {}
}
