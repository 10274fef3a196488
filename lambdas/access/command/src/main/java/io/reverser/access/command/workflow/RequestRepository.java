package io.reverser.access.command.workflow;

import io.reverser.access.policy.DenyReason;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.AuditRecord.Action;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.RequestWrite.WriteOutcome;
import io.reverser.access.request.VersionedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stores users' decisions, each in one transaction with its audit record. If another write comes first (optimistic
 * lock), the decision is evaluated again on the request's new state.
 */
public class RequestRepository {

    private static final int MAX_ATTEMPTS = 5;

    private final RequestTable table;

    public RequestRepository(RequestTable table) {
        this.table = table;
    }

    /** What a user's decision changes in the loaded request. */
    sealed interface UpdateDecision {

        /** The decision changes nothing, so nothing needs to be stored. */
        record NoChange(ActionResult result) implements UpdateDecision {}

        /** The policy denies the decision; only the denial is recorded. */
        record Deny(DenyReason reason) implements UpdateDecision {}

        /** The decision changes the request to this next state. */
        record Write(Request next) implements UpdateDecision {}
    }

    ActionResult update(
            RequestId id, UserAction userAction, Action action, Function<VersionedRequest, UpdateDecision> decision) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<VersionedRequest> loaded = table.find(id);
            if (loaded.isEmpty()) {
                return new ActionResult.NotFound(id.value());
            }
            if (userAction.isFromOtherMessage(loaded.get())) {
                return new ActionResult.WrongMessage();
            }
            switch (decision.apply(loaded.get())) {
                case UpdateDecision.NoChange(ActionResult result) -> {
                    return result;
                }
                case UpdateDecision.Deny(DenyReason reason) -> {
                    return auditDenial(userAction, id, action, reason);
                }
                case UpdateDecision.Write(Request next) -> {
                    AuditRecord auditRecord = AuditRecord.of(
                            id, userAction.userId(), action, AuditRecord.AuditOutcome.DONE, userAction.at());
                    WriteOutcome outcome = table.write(RequestWrite.update(loaded.get(), next)
                            .withAudit(auditRecord)
                            .idempotentBy(userAction.idempotencyKey()));
                    if (outcome != WriteOutcome.VERSION_CONFLICT) {
                        return new ActionResult.Done(
                                table.find(id).map(VersionedRequest::request).orElse(next));
                    }
                }
            }
        }
        return new ActionResult.Busy();
    }

    List<VersionedRequest> listOpen() {
        return table.listOpen();
    }

    Optional<VersionedRequest> find(RequestId id) {
        return table.find(id);
    }

    List<AuditRecord> listAuditRecords(RequestId id) {
        return table.listAuditRecords(id);
    }

    /**
     * Creates a request. Retries if the write only conflicted with another transaction, for example with one that
     * updates the same usage count.
     */
    ActionResult create(RequestWrite requestWrite, UserAction userAction, Action action) {
        Request request = requestWrite.after().orElseThrow();
        RequestedAccess access = request.details().access();
        AuditRecord auditRecord = AuditRecord.of(
                        request.id(), userAction.userId(), action, AuditRecord.AuditOutcome.DONE, userAction.at())
                .withDetails(Map.of("cluster", access.cluster(), "level", access.level(), "reason", access.reason()));
        RequestWrite audited = requestWrite.withAudit(auditRecord).idempotentBy(userAction.idempotencyKey());
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            switch (table.write(audited)) {
                case WRITTEN -> {
                    return new ActionResult.Done(request);
                }
                case LIMIT_REACHED -> {
                    return new ActionResult.LimitReached();
                }
                case DUPLICATE, VERSION_CONFLICT -> {
                    Optional<VersionedRequest> existing = table.find(request.id());
                    if (existing.isPresent()) {
                        return new ActionResult.Done(existing.get().request());
                    }
                }
            }
        }
        return new ActionResult.Busy();
    }

    ActionResult auditDenial(UserAction userAction, RequestId subject, Action action, DenyReason reason) {
        AuditRecord auditRecord = AuditRecord.of(
                        subject, userAction.userId(), action, AuditRecord.AuditOutcome.DENIED, userAction.at())
                .withDetails(Map.of("reason", reason.toString()));
        table.write(RequestWrite.auditOnly(auditRecord));
        return new ActionResult.Denied(reason);
    }
}
