package io.reverser.access.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The wish for more time while access lasts. It lapses with the access.
 *
 * @param by how much more
 */
public record Extension(Duration by, String reason, Instant asked, List<Approval> approvals, State state) {

    /** Keeps its own list. */
    public Extension {
        approvals = List.copyOf(approvals);
    }

    /** How far it got. */
    public enum State {
        /** Waits for approvals. */
        OPEN,
        /** To be carried out. */
        APPROVED,
        /** Will not happen. */
        REFUSED
    }

    /** With one more yes. */
    public Extension approve(Approval approval) {
        var all = new ArrayList<>(approvals);
        all.add(approval);
        return new Extension(by, reason, asked, all, state);
    }

    /** It is allowed. */
    public Extension approved() {
        return new Extension(by, reason, asked, approvals, State.APPROVED);
    }

    /** Will not happen. */
    public Extension refuse() {
        return new Extension(by, reason, asked, approvals, State.REFUSED);
    }
}
