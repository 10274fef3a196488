package io.reverser.access.request;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A record of what a user or the platform decided, did or was denied. The request ID links the record to CloudTrail,
 * where the ID appears in the tags of the access entry.
 *
 * @param subject a request ID; the principal's ARN for an access entry whose tags contain no request ID
 * @param actor the user's Slack user ID, or {@code platform}
 * @param details additional values; {@code reason} is the reason that the user wrote, or why the action was denied or
 *     failed, or why the access ended
 */
public record AuditRecord(
        Instant at,
        String subject,
        String actor,
        Action action,
        AuditOutcome outcome,
        SortedMap<String, String> details) {

    /** Creates an audit record about a request. */
    public static AuditRecord of(RequestId requestId, String actor, Action action, AuditOutcome outcome, Instant at) {
        return new AuditRecord(at, requestId.value(), actor, action, outcome, new TreeMap<>());
    }

    /** A copy of the record with additional details. */
    public AuditRecord withDetails(Map<String, String> more) {
        var all = new TreeMap<>(details);
        all.putAll(more);
        return new AuditRecord(at, subject, actor, action, outcome, all);
    }

    /** What a user or the platform did or attempted. */
    public enum Action {
        /** Access was requested. */
        REQUEST,
        /** Break-glass access was requested. */
        BREAK_GLASS,
        /** A request was approved. */
        APPROVE,
        /** A request was rejected. */
        REJECT,
        /** The requester cancelled the request. */
        CANCEL,
        /** An extension was requested. */
        EXTEND,
        /** An extension was approved. */
        APPROVE_EXTENSION,
        /** An extension was rejected. */
        REJECT_EXTENSION,
        /** Revocation was requested. */
        REVOKE,
        /** Access was granted. */
        GRANT,
        /** Access ended. */
        END_ACCESS,
        /** A request expired before it was decided. */
        EXPIRE_REQUEST,
        /** The access entry of a request no longer had the request's tags. */
        TAMPERING
    }

    /** The outcome of the action. */
    public enum AuditOutcome {
        /** The action was performed. */
        DONE,
        /** The action was not allowed. */
        DENIED,
        /** The action was allowed, but failed. */
        FAILED
    }
}
