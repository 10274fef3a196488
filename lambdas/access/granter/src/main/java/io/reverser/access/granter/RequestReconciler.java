package io.reverser.access.granter;

import io.reverser.access.granter.AccessGranter.RevokeResult;
import io.reverser.access.granter.AccessSweeper.Finding;
import io.reverser.access.granter.notification.RequestNotifier;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.AuditRecord.Action;
import io.reverser.access.request.AuditRecord.AuditOutcome;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.VersionedRequest;
import io.reverser.access.request.VersionedRequest.SlackState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reconciles one request: loads the request, performs the next step for its state, stores the result, and repeats this
 * until nothing is left to do; then updates Slack. Every step is idempotent, so an interrupted invocation is simply
 * repeated.
 */
class RequestReconciler {

    private final RequestTable table;
    private final AccessGranter granter;
    private final GrantRevalidation revalidation;
    private final RequestNotifier notifier;

    RequestReconciler(
            RequestTable table, AccessGranter granter, GrantRevalidation revalidation, RequestNotifier notifier) {
        this.table = table;
        this.granter = granter;
        this.revalidation = revalidation;
        this.notifier = notifier;
    }

    void reconcile(RequestId id, Instant now) {
        Optional<VersionedRequest> loaded = table.find(id);
        Optional<RequestWrite> nextWrite = loaded.flatMap(stored -> nextWrite(stored, now));
        while (nextWrite.isPresent()) {
            table.write(nextWrite.get());
            loaded = table.find(id);
            nextWrite = loaded.flatMap(stored -> nextWrite(stored, now));
        }
        loaded.filter(stored -> !stored.isPublished())
                .ifPresent(stored -> saveSlackState(stored, notifier.publish(stored)));
    }

    /**
     * Stores the reference to the Slack message even if the request has changed since the message was posted, for
     * example because an approver has already clicked; later states of the request then update the same message.
     */
    private void saveSlackState(VersionedRequest published, SlackState slackState) {
        Optional<VersionedRequest> current = Optional.of(published);
        while (current.isPresent() && !table.saveSlackState(current.get(), slackState)) {
            current = table.find(published.request().id())
                    .filter(changed ->
                            changed.slackState().map(SlackState::version).orElse(0L) < slackState.version());
        }
    }

    private Optional<RequestWrite> nextWrite(VersionedRequest loaded, Instant now) {
        return switch (loaded.request()) {
            case Pending pending -> onPending(loaded, pending, now);
            case Approved approved -> Optional.of(onApproved(loaded, approved, now));
            case Granted granted -> onGranted(loaded, granted, now);
            case Request.Rejected over -> Optional.empty();
            case Request.Cancelled over -> Optional.empty();
            case Request.Expired over -> Optional.empty();
            case Request.Revoked over -> Optional.empty();
            case Request.Failed over -> Optional.empty();
        };
    }

    private Optional<RequestWrite> onPending(VersionedRequest loaded, Pending pending, Instant now) {
        if (!now.isBefore(pending.expiresAt())) {
            return Optional.of(RequestWrite.update(loaded, pending.expire(now))
                    .withAudit(auditRecord(pending, Action.EXPIRE_REQUEST, AuditOutcome.DONE, now)));
        }
        boolean remind = !pending.reminded() && !now.isBefore(notifier.approverReminderTime(pending));
        return remind ? Optional.of(RequestWrite.update(loaded, pending.markReminded())) : Optional.empty();
    }

    private RequestWrite onApproved(VersionedRequest loaded, Approved approved, Instant now) {
        Optional<String> failureReason = now.isBefore(approved.expiresAt())
                ? revalidation.denialReason(approved).or(() -> granter.grant(approved))
                : Optional.of("it expired before it could be granted");
        if (failureReason.isEmpty()) {
            return RequestWrite.update(loaded, approved.grant(now))
                    .withAudit(auditRecord(approved, Action.GRANT, AuditOutcome.DONE, now));
        }
        granter.rollBack(approved);
        return RequestWrite.update(loaded, approved.fail(failureReason.get(), now))
                .withAudit(auditRecord(approved, Action.GRANT, AuditOutcome.FAILED, now)
                        .withDetails(Map.of("reason", failureReason.get())));
    }

    private Optional<RequestWrite> onGranted(VersionedRequest loaded, Granted granted, Instant now) {
        if (granted.revocation().isPresent()) {
            return Optional.of(end(loaded, granted, now));
        }
        Optional<Extension> approvedExtension = granted.extension()
                .filter(extension -> extension.state() == Extension.State.APPROVED)
                .filter(extension -> now.isBefore(granted.expiresAt().plus(extension.duration())));
        if (approvedExtension.isPresent()) {
            return Optional.of(extend(loaded, granted, approvedExtension.get(), now));
        }
        if (!now.isBefore(granted.expiresAt())) {
            return Optional.of(end(loaded, granted, now));
        }
        boolean remind = !granted.reminded() && !now.isBefore(notifier.ownerReminderTime(granted));
        return remind ? Optional.of(RequestWrite.update(loaded, granted.markReminded())) : Optional.empty();
    }

    /**
     * Applies an approved extension. An extension that was approved before the expiry takes effect even if the expiry
     * event arrived before the approval.
     */
    private RequestWrite extend(VersionedRequest loaded, Granted granted, Extension extension, Instant now) {
        Optional<String> failureReason = revalidation.extensionDenialReason(granted, extension);
        if (failureReason.isPresent()) {
            return RequestWrite.update(loaded, granted.withExtension(extension.reject()))
                    .withAudit(auditRecord(granted, Action.EXTEND, AuditOutcome.FAILED, now)
                            .withDetails(Map.of("reason", failureReason.get())));
        }
        Instant newExpiresAt = granted.expiresAt().plus(extension.duration());
        if (granter.extend(granted, newExpiresAt)) {
            return RequestWrite.update(loaded, granted.extend(newExpiresAt))
                    .withAudit(auditRecord(granted, Action.EXTEND, AuditOutcome.DONE, now)
                            .withDetails(Map.of("expiresAt", newExpiresAt.toString())));
        }
        return RequestWrite.update(
                        loaded,
                        granted.requestRevocation(
                                new Request.Revocation(Request.Revocation.PLATFORM, "its access entry is gone", now)))
                .withAudit(auditRecord(granted, Action.EXTEND, AuditOutcome.FAILED, now));
    }

    /**
     * Ends a grant. If the access entry no longer has our tags, it is left unchanged, so the access continues; this is
     * recorded as tampering.
     */
    private RequestWrite end(VersionedRequest loaded, Granted granted, Instant now) {
        RevokeResult result = granter.revoke(granted);
        AuditRecord endRecord = auditRecord(granted, Action.END_ACCESS, AuditOutcome.DONE, now)
                .withDetails(Map.of("result", result.name()));
        if (result != RevokeResult.FOREIGN) {
            return RequestWrite.update(loaded, granted.terminate(now)).withAudit(endRecord);
        }
        SweepMetrics.emit(List.of(Finding.TAMPERED), now);
        var revocation = new Request.Revocation(
                Request.Revocation.PLATFORM, "its access entry was changed, and is still there", now);
        return RequestWrite.update(loaded, granted.requestRevocation(revocation).terminate(now))
                .withAudit(endRecord)
                .withAudit(auditRecord(granted, Action.TAMPERING, AuditOutcome.DENIED, now));
    }

    private static AuditRecord auditRecord(Request request, Action action, AuditOutcome outcome, Instant now) {
        return AuditRecord.of(request.id(), Request.Revocation.PLATFORM, action, outcome, now);
    }
}
