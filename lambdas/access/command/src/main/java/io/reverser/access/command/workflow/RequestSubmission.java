package io.reverser.access.command.workflow;

import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyDecision;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.AuditRecord.Action;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestDetails;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.VersionedRequest;
import java.util.List;
import java.util.Optional;

/** Submits requests for access. */
public class RequestSubmission {

    private final Policy policy;
    private final RequestRepository repository;

    public RequestSubmission(Policy policy, RequestRepository repository) {
        this.policy = policy;
        this.repository = repository;
    }

    /** Evaluates the policy for a request for access, and stores the request or the denial. */
    public ActionResult submit(RequestedAccess access, UserAction userAction) {
        Optional<VersionedRequest> active = findActive(access, userAction);
        if (active.isPresent()) {
            return new ActionResult.AlreadyActive(active.get().request());
        }
        return create(
                new RequestDetails(RequestId.fromIdempotencyKey(userAction.idempotencyKey()), access, userAction.at()),
                policy.evaluate(access),
                userAction);
    }

    private ActionResult create(RequestDetails details, PolicyDecision decision, UserAction userAction) {
        return switch (decision) {
            case PolicyDecision.Denied denied ->
                repository.auditDenial(userAction, details.id(), Action.REQUEST, denied.reason());
            case PolicyDecision.NeedsApproval needed ->
                repository.create(
                        RequestWrite.create(
                                new Pending(details, List.of(), userAction.at().plus(needed.expiresAfter()), false)),
                        userAction,
                        Action.REQUEST);
            case PolicyDecision.BreakGlass breakGlass ->
                repository.create(
                        RequestWrite.create(new Approved(
                                details,
                                new ApprovalRecord(
                                        ApprovalRecord.ApprovalMode.BREAK_GLASS,
                                        List.of(),
                                        breakGlass.terms(),
                                        userAction.at()))),
                        userAction,
                        Action.BREAK_GLASS);
            case PolicyDecision.Automatic automatic -> {
                var approvalRecord = new ApprovalRecord(
                        ApprovalRecord.ApprovalMode.AUTOMATIC, List.of(), automatic.terms(), userAction.at());
                RequestWrite requestWrite = RequestWrite.create(new Approved(details, approvalRecord))
                        .limitedBy(usageLimit(userAction, automatic));
                ActionResult result = repository.create(requestWrite, userAction, Action.REQUEST);
                yield result instanceof ActionResult.LimitReached
                        ? create(details, automatic.whenLimitReached(), userAction)
                        : result;
            }
        };
    }

    /**
     * Finds the user's open request for the same cluster, which blocks a new request because an IAM principal has only
     * one access entry per cluster. A pending request does not block break-glass access.
     */
    private Optional<VersionedRequest> findActive(RequestedAccess access, UserAction userAction) {
        return repository.listOpen().stream()
                .filter(stored -> (stored.request() instanceof Pending && !access.isBreakGlass())
                        || stored.request() instanceof Approved
                        || stored.request() instanceof Granted)
                .filter(stored ->
                        stored.request().details().access().requester().equals(access.requester())
                                && stored.request().details().access().cluster().equals(access.cluster()))
                .filter(stored ->
                        !stored.request().id().equals(RequestId.fromIdempotencyKey(userAction.idempotencyKey())))
                .findFirst();
    }

    static RequestWrite.UsageLimit usageLimit(UserAction userAction, PolicyDecision.Automatic automatic) {
        long period = userAction.at().getEpochSecond() / automatic.period().toSeconds();
        return new RequestWrite.UsageLimit(
                userAction.userId() + "-" + automatic.rule() + "-" + period,
                automatic.maxUses(),
                automatic.period().toSeconds());
    }
}
