package io.reverser.access.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request for access as far as it got. What can follow a state is a method of that state, so that nothing else can.
 *
 * <pre>
 * Pending ─┬─ Approved ─┬─ Granted ─┬─ Expired
 *          ├─ Rejected  └─ Failed   └─ Revoked
 *          ├─ Cancelled
 *          └─ Expired
 * </pre>
 */
public sealed interface Request {

    /** What it is about. */
    RequestDetails details();

    /** Its name. */
    default RequestId id() {
        return details().id();
    }

    /** Waits for approvals until the given time. */
    record Pending(RequestDetails details, List<Approval> approvals, Instant expiresAt, boolean reminded)
            implements Request {

        /** Keeps its own list. */
        public Pending {
            approvals = List.copyOf(approvals);
        }

        /** One more yes, and it is not enough yet. */
        public Pending addApproval(Approval approval) {
            return new Pending(details, approvalsWith(approval), expiresAt, reminded);
        }

        /** The approvals together with another one. */
        public List<Approval> approvalsWith(Approval approval) {
            var all = new ArrayList<>(approvals);
            all.add(approval);
            return all;
        }

        /** The approvals are enough. */
        public Approved approve(ApprovalRecord approvalRecord) {
            return new Approved(details, approvalRecord);
        }

        /** An approver rejected it. */
        public Rejected reject(String by, String reason, Instant at) {
            return new Rejected(details, by, reason, at);
        }

        /** The requester took it back. */
        public Cancelled cancel(Instant at) {
            return new Cancelled(details, at);
        }

        /** It was not decided in time. */
        public Expired expire(Instant at) {
            return new Expired(details, Optional.empty(), at);
        }

        /** The approvers were reminded. */
        public Pending markReminded() {
            return new Pending(details, approvals, expiresAt, true);
        }
    }

    /** To be granted. The time counts from the decision. */
    record Approved(RequestDetails details, ApprovalRecord approvalRecord) implements Request {

        /** When the access ends that is to be given. */
        public Instant expiresAt() {
            return approvalRecord.at().plus(approvalRecord.terms().duration());
        }

        /** The access exists. */
        public Granted grant(Instant grantedAt) {
            return new Granted(
                    details, approvalRecord, grantedAt, expiresAt(), Optional.empty(), Optional.empty(), false);
        }

        /** The access cannot be given, and nothing of it is left. */
        public Failed fail(String reason, Instant at) {
            return new Failed(details, reason, at);
        }
    }

    /**
     * The access exists.
     *
     * @param revocation the request to end it early, if there is one
     * @param reminded whether its owner knows that it ends soon
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

        /** How long it would be in all with so much more. */
        public Duration durationWith(Extension extension) {
            return Duration.between(approvalRecord.at(), expiresAt).plus(extension.duration());
        }

        /** More time was asked for, approved or rejected. */
        public Granted withExtension(Extension extension) {
            return new Granted(
                    details, approvalRecord, grantedAt, expiresAt, Optional.of(extension), revocation, reminded);
        }

        /** The extension was carried out. */
        public Granted extend(Instant expiresAt) {
            return new Granted(details, approvalRecord, grantedAt, expiresAt, Optional.empty(), revocation, false);
        }

        /** To be ended now. */
        public Granted requestRevocation(Revocation revocation) {
            return new Granted(
                    details, approvalRecord, grantedAt, expiresAt, extension, Optional.of(revocation), reminded);
        }

        /** Its owner knows that it ends soon, which is news after a rejected extension too. */
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

        /** The access is gone, because it was revoked or has expired. */
        public Request terminate(Instant at) {
            return revocation
                    .<Request>map(requested -> new Revoked(details, approvalRecord, grantedAt, requested, at))
                    .orElseGet(() -> new Expired(details, Optional.of(approvalRecord), at));
        }
    }

    /** An approver said no. */
    record Rejected(RequestDetails details, String by, String reason, Instant at) implements Request {}

    /** The requester took it back. */
    record Cancelled(RequestDetails details, Instant at) implements Request {}

    /**
     * Its time is over.
     *
     * @param approvalRecord empty when it expired before it was approved
     */
    record Expired(RequestDetails details, Optional<ApprovalRecord> approvalRecord, Instant at) implements Request {}

    /** The access was ended before its time. */
    record Revoked(
            RequestDetails details, ApprovalRecord approvalRecord, Instant grantedAt, Revocation revocation, Instant at)
            implements Request {}

    /** It was approved and could not be carried out; nothing is left of it. */
    record Failed(RequestDetails details, String reason, Instant at) implements Request {}

    /**
     * A request to end the access early.
     *
     * @param by a Slack user ID, or {@link #PLATFORM}
     */
    record Revocation(String by, String reason, Instant at) {

        /** The platform itself, when no user acted. */
        public static final String PLATFORM = "platform";
    }
}
