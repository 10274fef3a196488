package io.reverser.access.request;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody decided or was denied. The request id joins it with CloudTrail, where it is in the tags of the access
 * entry.
 *
 * @param subject a request id; for what never became a request, what Slack calls its delivery
 * @param actor a Slack user ID, or {@code platform}
 * @param detail more about it, in words of the policy file
 */
public record Audit(
        Instant at, String subject, String actor, Action action, Outcome outcome, SortedMap<String, String> detail) {

    /** Something about a request. */
    public static Audit of(RequestId request, String actor, Action action, Outcome outcome, Instant at) {
        return new Audit(at, request.value(), actor, action, outcome, new TreeMap<>());
    }

    /** The same with more detail. */
    public Audit with(Map<String, String> more) {
        var all = new TreeMap<>(detail);
        all.putAll(more);
        return new Audit(at, subject, actor, action, outcome, all);
    }

    /** What was done or tried. */
    public enum Action {
        /** Access was asked for. */
        REQUEST,
        /** Access was asked for in an emergency. */
        BREAK_GLASS,
        /** Somebody said yes. */
        APPROVE,
        /** Somebody said no. */
        REFUSE,
        /** The requester took it back. */
        CANCEL,
        /** More time was asked for. */
        EXTEND,
        /** Somebody said yes to more time. */
        APPROVE_EXTENSION,
        /** Somebody said no to more time. */
        REFUSE_EXTENSION,
        /** Somebody wanted access to end. */
        REVOKE,
        /** Access was given. */
        GRANT,
        /** Access ended. */
        END,
        /** Nobody decided in time. */
        LAPSE,
        /** An access entry was not as this platform had left it. */
        TAMPERING
    }

    /** What came of it. */
    public enum Outcome {
        /** It was done. */
        DONE,
        /** It was not allowed. */
        DENIED,
        /** It was allowed and could not be done. */
        FAILED
    }
}
