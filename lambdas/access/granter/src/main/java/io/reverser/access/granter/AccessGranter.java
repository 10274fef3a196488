package io.reverser.access.granter;

import io.reverser.access.granter.entry.EksAccessEntries;
import io.reverser.access.granter.entry.EntryTags;
import io.reverser.access.granter.entry.EntryTags.EntryRef;
import io.reverser.access.granter.entry.TagSigningKey;
import io.reverser.access.policy.GrantTerms;
import io.reverser.access.request.Approval;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.AccessDeniedException;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.InvalidRequestException;
import software.amazon.awssdk.services.eks.model.ResourceLimitExceededException;

/**
 * Grants and revokes access. Every step is idempotent, so an interrupted step can be repeated. The expiry schedule is
 * created before the access entry.
 */
class AccessGranter {

    private final EksAccessEntries accessEntries;
    private final ExpirySchedule expirySchedule;
    private final TagSigningKey signingKey;

    AccessGranter(EksAccessEntries accessEntries, ExpirySchedule expirySchedule, TagSigningKey signingKey) {
        this.accessEntries = accessEntries;
        this.expirySchedule = expirySchedule;
        this.signingKey = signingKey;
    }

    /**
     * Grants the approved access.
     *
     * @return empty when the access exists; otherwise the reason why it cannot be granted, in words for the requester;
     *     the caller must then call {@link #rollBack}
     */
    Optional<String> grant(Approved approved) {
        GrantTerms terms = approved.approvalRecord().terms();
        Optional<String> unavailableReason = accessEntries.unavailableReason(terms.cluster());
        if (unavailableReason.isPresent()) {
            return unavailableReason;
        }
        expirySchedule.schedule(approved.id(), approved.expiresAt());
        try {
            EntryTags tags = createTags(approved, approved.approvalRecord(), approved.expiresAt());
            if (!accessEntries.create(tags.entry(), tags.sign(signingKey.load()))) {
                Optional<String> conflict = findConflict(tags.entry(), approved.id());
                if (conflict.isPresent()) {
                    return conflict;
                }
            }
            accessEntries.associatePolicy(terms);
            return Optional.empty();
        } catch (InvalidParameterException
                | InvalidRequestException
                | ResourceLimitExceededException
                | AccessDeniedException rejected) {
            return Optional.of("EKS rejected the call: " + errorMessage(rejected));
        }
    }

    /**
     * Compensation: deletes the expiry schedule and the access entry of an approved request, as far as they were
     * created.
     */
    void rollBack(Approved approved) {
        EntryRef entry = entryRef(approved.approvalRecord().terms());
        if (accessEntries.unavailableReason(entry.cluster()).isEmpty()) {
            revokeIfOwned(entry, approved.id());
        } else {
            expirySchedule.cancel(approved.id());
        }
    }

    /**
     * Moves the expiry: first in the tags of the access entry, which are authoritative, then in the expiry schedule.
     *
     * @return false, with nothing changed, when no access entry has the tags of this request
     */
    boolean extend(Granted granted, Instant newExpiresAt) {
        EntryRef entry = entryRef(granted.approvalRecord().terms());
        if (!isOwnedBy(entry, granted.id())) {
            return false;
        }
        accessEntries.updateTags(
                entry,
                createTags(granted, granted.approvalRecord(), newExpiresAt).sign(signingKey.load()));
        expirySchedule.schedule(granted.id(), newExpiresAt);
        return true;
    }

    /** Revokes granted access. */
    RevokeResult revoke(Granted granted) {
        return revokeIfOwned(entryRef(granted.approvalRecord().terms()), granted.id());
    }

    /** What the revocation found in the cluster. */
    enum RevokeResult {
        /** The access entry existed and was deleted. */
        REVOKED,
        /** The access entry was already gone. */
        ALREADY_GONE,
        /** The principal has an access entry whose tags do not name this request; the entry was left unchanged. */
        FOREIGN
    }

    private RevokeResult revokeIfOwned(EntryRef entry, RequestId requestId) {
        Optional<Map<String, String>> tags = accessEntries.fetchTags(entry);
        boolean owned = tags.filter(found -> isOwnedBy(found, requestId)).isPresent();
        if (owned) {
            accessEntries.delete(entry);
        }
        expirySchedule.cancel(requestId);
        return owned ? RevokeResult.REVOKED : tags.isEmpty() ? RevokeResult.ALREADY_GONE : RevokeResult.FOREIGN;
    }

    private Optional<String> findConflict(EntryRef entry, RequestId requestId) {
        return accessEntries
                .fetchTags(entry)
                .filter(tags -> !isOwnedBy(tags, requestId))
                .map(tags -> EntryTags.parseVerified(entry, tags, signingKey.load())
                        .map(other -> "request " + other.requestId() + " already gives " + entry.principalArn()
                                + " access to " + entry.cluster())
                        .orElse(entry.principalArn() + " has an access entry in " + entry.cluster()
                                + " that this platform did not create; it was left unchanged"));
    }

    private boolean isOwnedBy(EntryRef entry, RequestId requestId) {
        return accessEntries
                .fetchTags(entry)
                .filter(tags -> isOwnedBy(tags, requestId))
                .isPresent();
    }

    /**
     * Whether an access entry with these tags belongs to this request. Compares only the tags that identify the
     * request: a change to another tag, such as the expiry, does not change the owner.
     */
    private static boolean isOwnedBy(Map<String, String> tags, RequestId requestId) {
        return EntryTags.isManaged(tags) && EntryTags.parseRequestId(tags).equals(Optional.of(requestId));
    }

    private static EntryRef entryRef(GrantTerms terms) {
        return new EntryRef(terms.cluster(), terms.principalArn());
    }

    private static EntryTags createTags(Request request, ApprovalRecord approvalRecord, Instant expiresAt) {
        List<String> approvers = approvalRecord.approvals().isEmpty()
                ? List.of(approvalRecord.mode().name())
                : approvalRecord.approvals().stream().map(Approval::by).toList();
        return new EntryTags(
                entryRef(approvalRecord.terms()),
                request.id(),
                request.details().access().requester(),
                approvers,
                expiresAt);
    }

    private static String errorMessage(EksException rejected) {
        return rejected.awsErrorDetails().errorMessage();
    }
}
