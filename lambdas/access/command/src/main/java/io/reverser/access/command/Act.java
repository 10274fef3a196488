package io.reverser.access.command;

import io.reverser.access.request.Post;
import io.reverser.access.request.Stored;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody did.
 *
 * @param by a Slack user ID
 * @param delivery the same when Slack sends the same act again
 * @param clicked the message in the approvers' channel whose button was clicked
 */
record Act(String by, String delivery, Instant at, Optional<Post> clicked) {

    /**
     * Whether the button that was clicked stands on another message than the request's. Somebody may be so fast that it is
     * not written down yet which one that is.
     */
    boolean isElsewhere(Stored stored) {
        return clicked.isPresent() && stored.post().isPresent() && !clicked.equals(stored.post());
    }
}
