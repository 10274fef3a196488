package io.reverser.access.request;

import java.util.Optional;

/**
 * A request as the table has it.
 *
 * @param version counts its changes from 1; a change is only taken from who saw the latest
 * @param slackState what Slack shows of it; empty before it shows anything
 */
public record VersionedRequest(Request request, long version, Optional<SlackState> slackState) {

    /** The message that shows the request. */
    public Optional<MessageRef> messageRef() {
        return slackState.map(SlackState::messageRef);
    }

    /** Whether Slack shows the request as it is. */
    public boolean isPublished() {
        return slackState.filter(state -> state.version() == version).isPresent();
    }

    /** Whether something may still have to be done about it. */
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
     * What Slack shows.
     *
     * @param version of the request
     * @param notificationKey names the last thing its owner or its approvers were called for, so that they are called once
     */
    public record SlackState(long version, MessageRef messageRef, String notificationKey) {}
}
