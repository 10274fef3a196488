package io.reverser.access.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The wish for more time while access lasts.
 *
 * @param by how much more
 * @param until when an open one lapses
 */
public record Extension(
        Duration by, String reason, Instant asked, Instant until, List<Approval> approvals, State state) {

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
        /** Refused or lapsed. */
        REFUSED
    }

    /** With one more yes, which is enough or not. */
    public Extension approve(Approval approval, boolean enough) {
        var all = new ArrayList<>(approvals);
        all.add(approval);
        return new Extension(by, reason, asked, until, all, enough ? State.APPROVED : State.OPEN);
    }

    /** Will not happen. */
    public Extension refuse() {
        return new Extension(by, reason, asked, until, approvals, State.REFUSED);
    }
}
