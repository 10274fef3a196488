package io.reverser.access.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The items that one transaction writes.
 *
 * @param before the request as the writer loaded it; empty for a new request
 * @param after the request's new state; empty when only audit records are written
 * @param idempotencyKey identifies the Slack delivery that caused the write; each key is accepted once
 * @param usageLimit the limit that this write counts towards
 */
public record RequestWrite(
        Optional<VersionedRequest> before,
        Optional<Request> after,
        List<AuditRecord> auditRecords,
        Optional<String> idempotencyKey,
        Optional<UsageLimit> usageLimit) {

    /** A write that stores a new request. */
    public static RequestWrite create(Request request) {
        return new RequestWrite(Optional.empty(), Optional.of(request), List.of(), Optional.empty(), Optional.empty());
    }

    /** A write that stores the next state of a request. */
    public static RequestWrite update(VersionedRequest before, Request after) {
        return new RequestWrite(Optional.of(before), Optional.of(after), List.of(), Optional.empty(), Optional.empty());
    }

    /** Writes only an audit record, of a denied action or of something that the sweep found. */
    public static RequestWrite auditOnly(AuditRecord auditRecord) {
        return new RequestWrite(
                Optional.empty(), Optional.empty(), List.of(auditRecord), Optional.empty(), Optional.empty());
    }

    /** Adds an audit record. */
    public RequestWrite withAudit(AuditRecord auditRecord) {
        var all = new ArrayList<>(auditRecords);
        all.add(auditRecord);
        return new RequestWrite(before, after, all, idempotencyKey, usageLimit);
    }

    /** Adds the idempotency key of a Slack delivery. */
    public RequestWrite idempotentBy(String idempotencyKey) {
        return new RequestWrite(before, after, auditRecords, Optional.of(idempotencyKey), usageLimit);
    }

    /** Adds a usage limit that this write counts towards. */
    public RequestWrite limitedBy(UsageLimit usageLimit) {
        return new RequestWrite(before, after, auditRecords, idempotencyKey, Optional.of(usageLimit));
    }

    /**
     * A limit on how often something may be used within a period.
     *
     * @param name identifies what is counted, and the period in which it is counted
     * @param ttlSeconds how long the table keeps the count
     */
    public record UsageLimit(String name, int maxUses, long ttlSeconds) {}

    /** The outcome of a write. */
    public enum WriteOutcome {
        /** The items were written. */
        WRITTEN,
        /** The same Slack delivery was processed before; nothing was written. */
        DUPLICATE,
        /** Another write came first (optimistic lock); the caller must load the request again. */
        VERSION_CONFLICT,
        /** The usage limit is reached; nothing was written. */
        LIMIT_REACHED
    }
}
