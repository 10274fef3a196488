package io.reverser.access.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An extension of granted access. A pending extension expires together with the access.
 *
 * @param duration the additional time
 */
public record Extension(Duration duration, String reason, Instant requestedAt, List<Approval> approvals, State state) {

    /** Makes a defensive copy of the list. */
    public Extension {
        approvals = List.copyOf(approvals);
    }

    /** The state of an extension. */
    public enum State {
        /** Waiting for approval. */
        PENDING,
        /** Approved, but the expiry has not been moved yet. */
        APPROVED,
        /** Rejected. */
        REJECTED
    }

    /** A copy of the extension with one more approval. */
    public Extension addApproval(Approval approval) {
        var all = new ArrayList<>(approvals);
        all.add(approval);
        return new Extension(duration, reason, requestedAt, all, state);
    }

    /** A copy of the extension in the state {@link State#APPROVED}. */
    public Extension approve() {
        return new Extension(duration, reason, requestedAt, approvals, State.APPROVED);
    }

    /** A copy of the extension in the state {@link State#REJECTED}. */
    public Extension reject() {
        return new Extension(duration, reason, requestedAt, approvals, State.REJECTED);
    }
}
