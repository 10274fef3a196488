package io.reverser.access.request;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a user or the platform decided, did or was denied. The request ID links it to CloudTrail, where it is in the
 * tags of the access entry.
 *
 * @param subject a request ID; the principal's ARN for an access entry whose tags have none
 * @param actor a Slack user ID, or {@code platform}
 * @param details more about it; {@code reason} is what the requester wrote, or why it was denied, failed or ended
 */
public record AuditRecord(
        Instant at,
        String subject,
        String actor,
        Action action,
        AuditOutcome outcome,
        SortedMap<String, String> details) {

    /** A record about a request. */
    public static AuditRecord of(RequestId requestId, String actor, Action action, AuditOutcome outcome, Instant at) {
        return new AuditRecord(at, requestId.value(), actor, action, outcome, new TreeMap<>());
    }

    /** The record with additional details. */
    public AuditRecord withDetails(Map<String, String> more) {
        var all = new TreeMap<>(details);
        all.putAll(more);
        return new AuditRecord(at, subject, actor, action, outcome, all);
    }

    /** What was done or attempted. */
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

    /** The outcome. */
    public enum AuditOutcome {
        /** It was done. */
        DONE,
        /** It was not allowed. */
        DENIED,
        /** It was allowed, but failed. */
        FAILED
    }
}
