package io.reverser.access.command.workflow;

import io.reverser.access.command.workflow.RequestRepository.UpdateDecision;
import io.reverser.access.policy.DenyReason;
import io.reverser.access.policy.GrantTerms;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.Approval;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.AuditRecord.Action;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import java.util.List;
import java.util.Optional;

/**
 * Users' decisions about requests: approval, rejection, cancellation and revocation. Each decision evaluates the
 * current policy.
 */
public class RequestDecisions {

    private final Policy policy;
    private final RequestRepository repository;

    public RequestDecisions(Policy policy, RequestRepository repository) {
        this.policy = policy;
        this.repository = repository;
    }

    /** Approves a request, if the user is allowed to. */
    public ActionResult approve(RequestId id, UserAction userAction) {
        return repository.update(id, userAction, Action.APPROVE, stored -> {
            if (!(stored.request() instanceof Pending pending)
                    || !userAction.at().isBefore(pending.expiresAt())) {
                return new UpdateDecision.NoChange(new ActionResult.WrongState(stored.request()));
            }
            RequestedAccess access = pending.details().access();
            return approvalError(policy, access, pending.approvals(), userAction)
                    .orElseGet(() -> {
                        List<Approval> approvals =
                                pending.approvalsWith(new Approval(userAction.userId(), userAction.at()));
                        GrantTerms terms =
                                policy.evaluate(access).approval().orElseThrow().terms();
                        return new UpdateDecision.Write(
                                isQuorumMet(policy, access, approvals)
                                        ? pending.approve(new ApprovalRecord(
                                                ApprovalRecord.ApprovalMode.MANUAL, approvals, terms, userAction.at()))
                                        : pending.addApproval(approvals.getLast()));
                    });
        });
    }

    /** Why the user's approval of a request or an extension does not count; empty when the approval counts. */
    static Optional<UpdateDecision> approvalError(
            Policy policy, RequestedAccess access, List<Approval> priorApprovals, UserAction userAction) {
        Optional<DenyReason> denyReason = policy.checkApprover(access, userAction.userId());
        if (denyReason.isPresent()) {
            return denyReason.map(UpdateDecision.Deny::new);
        }
        if (priorApprovals.stream().map(Approval::by).anyMatch(userAction.userId()::equals)) {
            return Optional.of(new UpdateDecision.NoChange(new ActionResult.AlreadyApproved()));
        }
        return policy.evaluate(access).approval().isEmpty()
                ? Optional.of(new UpdateDecision.NoChange(new ActionResult.NoLongerAllowed()))
                : Optional.empty();
    }

    static boolean isQuorumMet(Policy policy, RequestedAccess access, List<Approval> approvals) {
        return policy.isQuorumMet(access, approvals.stream().map(Approval::by).toList());
    }

    /** Rejects a request, if the user is allowed to. */
    public ActionResult reject(RequestId id, String reason, UserAction userAction) {
        return repository.update(id, userAction, Action.REJECT, stored -> {
            if (!(stored.request() instanceof Pending pending)) {
                return new UpdateDecision.NoChange(new ActionResult.WrongState(stored.request()));
            }
            return policy.checkApprover(pending.details().access(), userAction.userId())
                    .<UpdateDecision>map(UpdateDecision.Deny::new)
                    .orElseGet(() ->
                            new UpdateDecision.Write(pending.reject(userAction.userId(), reason, userAction.at())));
        });
    }

    /** Cancels a request, if the user is its requester. */
    public ActionResult cancel(RequestId id, UserAction userAction) {
        return repository.update(id, userAction, Action.CANCEL, stored -> {
            if (!(stored.request() instanceof Pending pending)) {
                return new UpdateDecision.NoChange(new ActionResult.WrongState(stored.request()));
            }
            return pending.details().access().requester().equals(userAction.userId())
                    ? new UpdateDecision.Write(pending.cancel(userAction.at()))
                    : new UpdateDecision.Deny(new DenyReason.NotTheRequester(userAction.userId()));
        });
    }

    /** Requests that access be revoked now, if the user is allowed to revoke it. */
    public ActionResult revoke(RequestId id, String reason, UserAction userAction) {
        return repository.update(id, userAction, Action.REVOKE, stored -> {
            if (!(stored.request() instanceof Granted granted)
                    || granted.revocation().isPresent()) {
                return new UpdateDecision.NoChange(new ActionResult.WrongState(stored.request()));
            }
            return policy.mayRevoke(granted.details().access(), userAction.userId())
                    ? new UpdateDecision.Write(granted.requestRevocation(
                            new Request.Revocation(userAction.userId(), reason, userAction.at())))
                    : new UpdateDecision.Deny(new DenyReason.NotAnApprover(userAction.userId()));
        });
    }
}
