package io.reverser.access.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request for access. Each state of a request is a type, whose methods are the transitions that are possible from
 * that state, so an invalid transition does not compile.
 *
 * <pre>
 * Pending ─┬─ Approved ─┬─ Granted ─┬─ Expired
 *          ├─ Rejected  └─ Failed   └─ Revoked
 *          ├─ Cancelled
 *          └─ Expired
 * </pre>
 */
public sealed interface Request {

    /** The requested access. */
    RequestDetails details();

    /** The request ID. */
    default RequestId id() {
        return details().id();
    }

    /** The request is waiting for approvals, until it expires. */
    record Pending(RequestDetails details, List<Approval> approvals, Instant expiresAt, boolean reminded)
            implements Request {

        /** Makes a defensive copy of the list. */
        public Pending {
            approvals = List.copyOf(approvals);
        }

        /** The state after an approval that does not complete the quorum. */
        public Pending addApproval(Approval approval) {
            return new Pending(details, approvalsWith(approval), expiresAt, reminded);
        }

        /** The approvals so far, plus this one. */
        public List<Approval> approvalsWith(Approval approval) {
            var all = new ArrayList<>(approvals);
            all.add(approval);
            return all;
        }

        /** The state after the approval that completes the quorum. */
        public Approved approve(ApprovalRecord approvalRecord) {
            return new Approved(details, approvalRecord);
        }

        /** An approver rejected it. */
        public Rejected reject(String by, String reason, Instant at) {
            return new Rejected(details, by, reason, at);
        }

        /** The requester cancelled it. */
        public Cancelled cancel(Instant at) {
            return new Cancelled(details, at);
        }

        /** The request expired before it was approved. */
        public Expired expire(Instant at) {
            return new Expired(details, Optional.empty(), at);
        }

        /** The state after the approvers got a reminder. */
        public Pending markReminded() {
            return new Pending(details, approvals, expiresAt, true);
        }
    }

    /** The request is approved, but the access is not granted yet. The duration counts from the approval. */
    record Approved(RequestDetails details, ApprovalRecord approvalRecord) implements Request {

        /** The time at which the access, once granted, expires. */
        public Instant expiresAt() {
            return approvalRecord.at().plus(approvalRecord.terms().duration());
        }

        /** The access is granted: the access entry exists. */
        public Granted grant(Instant grantedAt) {
            return new Granted(
                    details, approvalRecord, grantedAt, expiresAt(), Optional.empty(), Optional.empty(), false);
        }

        /** The access could not be granted; whatever was created for it has been deleted. */
        public Failed fail(String reason, Instant at) {
            return new Failed(details, reason, at);
        }
    }

    /**
     * The access is granted: the access entry exists.
     *
     * @param revocation the request to revoke the access, if there is one
     * @param reminded whether the requester was reminded of the expiry
     */
    record Granted(
            RequestDetails details,
            ApprovalRecord approvalRecord,
            Instant grantedAt,
            Instant expiresAt,
            Optional<Extension> extension,
            Optional<Revocation> revocation,
            boolean reminded)
            implements Request {

        /** The total duration of the access, including this extension. */
        public Duration durationWith(Extension extension) {
            return Duration.between(approvalRecord.at(), expiresAt).plus(extension.duration());
        }

        /** The state after an extension was requested, approved or rejected. */
        public Granted withExtension(Extension extension) {
            return new Granted(
                    details, approvalRecord, grantedAt, expiresAt, Optional.of(extension), revocation, reminded);
        }

        /** The state after an extension has moved the expiry. */
        public Granted extend(Instant expiresAt) {
            return new Granted(details, approvalRecord, grantedAt, expiresAt, Optional.empty(), revocation, false);
        }

        /** The state after revocation was requested. */
        public Granted requestRevocation(Revocation revocation) {
            return new Granted(
                    details, approvalRecord, grantedAt, expiresAt, extension, Optional.of(revocation), reminded);
        }

        /**
         * The state after the requester got a reminder of the expiry. Removes a rejected extension, so that the
         * reminder replaces the message about the rejection.
         */
        public Granted markReminded() {
            return new Granted(
                    details,
                    approvalRecord,
                    grantedAt,
                    expiresAt,
                    extension.filter(current -> current.state() != Extension.State.REJECTED),
                    revocation,
                    true);
        }

        /** The state after the access was revoked or expired and the access entry was deleted. */
        public Request terminate(Instant at) {
            return revocation
                    .<Request>map(requested -> new Revoked(details, approvalRecord, grantedAt, requested, at))
                    .orElseGet(() -> new Expired(details, Optional.of(approvalRecord), at));
        }
    }

    /** An approver rejected it. */
    record Rejected(RequestDetails details, String by, String reason, Instant at) implements Request {}

    /** The requester cancelled it. */
    record Cancelled(RequestDetails details, Instant at) implements Request {}

    /**
     * The request expired before it was approved, or the access expired.
     *
     * @param approvalRecord the approval; empty when the request expired before it was approved
     */
    record Expired(RequestDetails details, Optional<ApprovalRecord> approvalRecord, Instant at) implements Request {}

    /** The access was revoked before it expired. */
    record Revoked(
            RequestDetails details, ApprovalRecord approvalRecord, Instant grantedAt, Revocation revocation, Instant at)
            implements Request {}

    /** The request was approved, but the access could not be granted; whatever was created for it has been deleted. */
    record Failed(RequestDetails details, String reason, Instant at) implements Request {}

    /**
     * A request to revoke the access.
     *
     * @param by the user's Slack user ID, or {@link #PLATFORM}
     */
    record Revocation(String by, String reason, Instant at) {

        /** The value of {@code by} when the platform itself, not a user, revokes the access. */
        public static final String PLATFORM = "platform";
    }
}
