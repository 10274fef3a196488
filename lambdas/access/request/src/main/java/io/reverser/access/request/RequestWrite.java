package io.reverser.access.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be written together or not at all.
 *
 * @param before what the writer saw; empty for a new request
 * @param after empty when only audit records are written
 * @param idempotencyKey what Slack calls the act that caused this; the same act is taken once
 * @param usageLimit a limit that this counts towards
 */
public record RequestWrite(
        Optional<VersionedRequest> before,
        Optional<Request> after,
        List<AuditRecord> auditRecords,
        Optional<String> idempotencyKey,
        Optional<UsageLimit> usageLimit) {

    /** A new request. */
    public static RequestWrite create(Request request) {
        return new RequestWrite(Optional.empty(), Optional.of(request), List.of(), Optional.empty(), Optional.empty());
    }

    /** The next state of a request. */
    public static RequestWrite update(VersionedRequest before, Request after) {
        return new RequestWrite(Optional.of(before), Optional.of(after), List.of(), Optional.empty(), Optional.empty());
    }

    /** Nothing but a record: that something was denied, or found. */
    public static RequestWrite auditOnly(AuditRecord auditRecord) {
        return new RequestWrite(
                Optional.empty(), Optional.empty(), List.of(auditRecord), Optional.empty(), Optional.empty());
    }

    /** With a record of it. */
    public RequestWrite withAudit(AuditRecord auditRecord) {
        var all = new ArrayList<>(auditRecords);
        all.add(auditRecord);
        return new RequestWrite(before, after, all, idempotencyKey, usageLimit);
    }

    /** Once for each delivery. */
    public RequestWrite idempotentBy(String idempotencyKey) {
        return new RequestWrite(before, after, auditRecords, Optional.of(idempotencyKey), usageLimit);
    }

    /** As long as the limit is not reached. */
    public RequestWrite limitedBy(UsageLimit usageLimit) {
        return new RequestWrite(before, after, auditRecords, idempotencyKey, Optional.of(usageLimit));
    }

    /**
     * How often something may happen.
     *
     * @param name what is counted, its period included
     * @param ttlSeconds how long the count is kept
     */
    public record UsageLimit(String name, int maxUses, long ttlSeconds) {}

    /** What came of writing. */
    public enum WriteOutcome {
        /** It is written. */
        WRITTEN,
        /** The same delivery was written before. */
        DUPLICATE,
        /** Another write came first (optimistic lock): load the request again. */
        VERSION_CONFLICT,
        /** The limit is reached; nothing is written. */
        LIMIT_REACHED
    }
}
