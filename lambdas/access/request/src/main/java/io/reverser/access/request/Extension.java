package io.reverser.access.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A request for more time while access lasts. It expires with the access.
 *
 * @param duration how much more
 */
public record Extension(Duration duration, String reason, Instant requestedAt, List<Approval> approvals, State state) {

    /** Keeps its own list. */
    public Extension {
        approvals = List.copyOf(approvals);
    }

    /** How far it got. */
    public enum State {
        /** Waits for approvals. */
        PENDING,
        /** To be carried out. */
        APPROVED,
        /** Will not happen. */
        REJECTED
    }

    /** With one more yes. */
    public Extension addApproval(Approval approval) {
        var all = new ArrayList<>(approvals);
        all.add(approval);
        return new Extension(duration, reason, requestedAt, all, state);
    }

    /** It is allowed. */
    public Extension approve() {
        return new Extension(duration, reason, requestedAt, approvals, State.APPROVED);
    }

    /** Will not happen. */
    public Extension reject() {
        return new Extension(duration, reason, requestedAt, approvals, State.REJECTED);
    }
}
