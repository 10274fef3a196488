package io.reverser.access.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be written together or not at all.
 *
 * @param before what the writer saw; empty for a new request
 * @param after empty when only audit records are written
 * @param delivery what Slack calls the act that caused this; the same act is taken once
 * @param cap a limit that this counts towards
 */
public record Change(
        Optional<Stored> before,
        Optional<Request> after,
        List<Audit> audits,
        Optional<String> delivery,
        Optional<Cap> cap) {

    /** A new request. */
    public static Change create(Request request) {
        return new Change(Optional.empty(), Optional.of(request), List.of(), Optional.empty(), Optional.empty());
    }

    /** The next state of a request. */
    public static Change of(Stored before, Request after) {
        return new Change(Optional.of(before), Optional.of(after), List.of(), Optional.empty(), Optional.empty());
    }

    /** Nothing but a record: that something was denied, or found. */
    public static Change only(Audit audit) {
        return new Change(Optional.empty(), Optional.empty(), List.of(audit), Optional.empty(), Optional.empty());
    }

    /** With a record of it. */
    public Change audited(Audit audit) {
        var all = new ArrayList<>(audits);
        all.add(audit);
        return new Change(before, after, all, delivery, cap);
    }

    /** Once for each delivery. */
    public Change once(String delivery) {
        return new Change(before, after, audits, Optional.of(delivery), cap);
    }

    /** As long as the limit is not reached. */
    public Change within(Cap cap) {
        return new Change(before, after, audits, delivery, Optional.of(cap));
    }

    /**
     * How often something may happen.
     *
     * @param name what is counted, its period included
     * @param seconds how long the count is kept
     */
    public record Cap(String name, int limit, long seconds) {}

    /** What came of writing. */
    public enum Outcome {
        /** It is written. */
        WRITTEN,
        /** The same delivery was written before. */
        SEEN,
        /** Somebody else changed the request meanwhile: look at it again. */
        OVERTAKEN,
        /** The limit is reached; nothing is written. */
        CAPPED
    }
}
