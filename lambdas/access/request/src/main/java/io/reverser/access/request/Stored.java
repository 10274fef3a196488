package io.reverser.access.request;

import java.util.Optional;

/**
 * A request as the table has it.
 *
 * @param version counts its changes from 1; a change is only taken from who saw the latest
 * @param shown what Slack shows of it; empty before it shows anything
 */
public record Stored(Request request, long version, Optional<Shown> shown) {

    /** The message that shows the request. */
    public Optional<Post> post() {
        return shown.map(Shown::post);
    }

    /** Whether Slack shows the request as it is. */
    public boolean isTold() {
        return shown.filter(told -> told.version() == version).isPresent();
    }

    /** Whether something may still have to be done about it. */
    public boolean isOpen() {
        return !isTold()
                || switch (request) {
                    case Request.Pending pending -> true;
                    case Request.Approved approved -> true;
                    case Request.Granted granted -> true;
                    case Request.Refused refused -> false;
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
     * @param notice names the last thing its owner or its approvers were called for, so that they are called once
     */
    public record Shown(long version, Post post, String notice) {}
}
