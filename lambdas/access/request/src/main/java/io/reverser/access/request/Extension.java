package io.reverser.access.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An extension of granted access. It expires with the access.
 *
 * @param duration how much more
 */
public record Extension(Duration duration, String reason, Instant requestedAt, List<Approval> approvals, State state) {

    /** Keeps its own list. */
    public Extension {
        approvals = List.copyOf(approvals);
    }

    /** The state of an extension. */
    public enum State {
        /** Waiting for approval. */
        PENDING,
        /** Approved, not yet applied. */
        APPROVED,
        /** Rejected. */
        REJECTED
    }

    /** With another approval. */
    public Extension addApproval(Approval approval) {
        var all = new ArrayList<>(approvals);
        all.add(approval);
        return new Extension(duration, reason, requestedAt, all, state);
    }

    /** The approved extension. */
    public Extension approve() {
        return new Extension(duration, reason, requestedAt, approvals, State.APPROVED);
    }

    /** The rejected extension. */
    public Extension reject() {
        return new Extension(duration, reason, requestedAt, approvals, State.REJECTED);
    }
}
