package io.reverser.access.command.workflow;

import io.reverser.access.command.workflow.RequestRepository.UpdateDecision;
import io.reverser.access.policy.DenyReason;
import io.reverser.access.policy.GrantTerms;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyDecision;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.Approval;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.AuditRecord.Action;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Extensions of granted access. The people who may approve the access may also approve its extension. */
public class RequestExtensions {

    private final Policy policy;
    private final RequestRepository repository;

    public RequestExtensions(Policy policy, RequestRepository repository) {
        this.policy = policy;
        this.repository = repository;
    }

    /**
     * Submits a request for an extension. Only one extension of an access can be open at a time: a second one would
     * replace the extension that the approvers see, or have already approved.
     */
    public ActionResult submit(RequestId id, Duration duration, String reason, UserAction userAction) {
        return repository.update(id, userAction, Action.EXTEND, stored -> {
            Optional<Granted> active = asActive(stored.request(), userAction);
            if (active.isEmpty()) {
                return new UpdateDecision.NoChange(new ActionResult.WrongState(stored.request()));
            }
            Granted granted = active.get();
            RequestedAccess access = granted.details().access();
            if (!access.requester().equals(userAction.userId())) {
                return new UpdateDecision.Deny(new DenyReason.NotTheRequester(userAction.userId()));
            }
            if (granted.extension()
                    .filter(other -> other.state() != Extension.State.REJECTED)
                    .isPresent()) {
                return new UpdateDecision.NoChange(new ActionResult.ExtensionPending(granted));
            }
            var extension = new Extension(duration, reason, userAction.at(), List.of(), Extension.State.PENDING);
            return evaluate(policy.evaluate(access.withReason(reason)), granted, extension);
        });
    }

    /** Decides how an extension is approved: automatically only if the access itself was approved automatically. */
    private static UpdateDecision evaluate(PolicyDecision decision, Granted granted, Extension extension) {
        return switch (decision) {
            case PolicyDecision.Denied denied -> new UpdateDecision.Deny(denied.reason());
            case PolicyDecision.BreakGlass breakGlass -> extend(granted, extension.approve(), breakGlass.terms());
            case PolicyDecision.Automatic automatic ->
                granted.approvalRecord().mode() == ApprovalRecord.ApprovalMode.AUTOMATIC
                        ? extend(granted, extension.approve(), automatic.terms())
                        : evaluate(automatic.whenLimitReached(), granted, extension);
            case PolicyDecision.NeedsApproval needed -> extend(granted, extension, needed.terms());
        };
    }

    private static UpdateDecision extend(Granted granted, Extension extension, GrantTerms terms) {
        Duration total = granted.durationWith(extension);
        return total.compareTo(terms.maxDuration()) > 0
                ? new UpdateDecision.Deny(new DenyReason.TotalTooLong(total, terms.maxDuration()))
                : new UpdateDecision.Write(granted.withExtension(extension));
    }

    /** Approves an extension, if the user is allowed to. */
    public ActionResult approve(RequestId id, UserAction userAction) {
        return repository.update(id, userAction, Action.APPROVE_EXTENSION, stored -> {
            Optional<Granted> active = asActiveWithOpenExtension(stored.request(), userAction);
            if (active.isEmpty()) {
                return new UpdateDecision.NoChange(new ActionResult.WrongState(stored.request()));
            }
            Granted granted = active.get();
            RequestedAccess access = granted.details().access();
            Extension extension = granted.extension().orElseThrow();
            return RequestDecisions.approvalError(policy, access, extension.approvals(), userAction)
                    .orElseGet(() -> {
                        Extension updated = extension.addApproval(new Approval(userAction.userId(), userAction.at()));
                        return new UpdateDecision.Write(granted.withExtension(
                                RequestDecisions.isQuorumMet(policy, access, updated.approvals())
                                        ? updated.approve()
                                        : updated));
                    });
        });
    }

    /** Rejects an extension, if the user is allowed to. */
    public ActionResult reject(RequestId id, UserAction userAction) {
        return repository.update(id, userAction, Action.REJECT_EXTENSION, stored -> {
            Optional<Granted> active = asActiveWithOpenExtension(stored.request(), userAction);
            if (active.isEmpty()) {
                return new UpdateDecision.NoChange(new ActionResult.WrongState(stored.request()));
            }
            return policy.checkApprover(active.get().details().access(), userAction.userId())
                    .<UpdateDecision>map(UpdateDecision.Deny::new)
                    .orElseGet(() -> new UpdateDecision.Write(active.get()
                            .withExtension(
                                    active.get().extension().orElseThrow().reject())));
        });
    }

    private static Optional<Granted> asActive(Request request, UserAction userAction) {
        return request instanceof Granted granted
                        && granted.revocation().isEmpty()
                        && userAction.at().isBefore(granted.expiresAt())
                ? Optional.of(granted)
                : Optional.empty();
    }

    private static Optional<Granted> asActiveWithOpenExtension(Request request, UserAction userAction) {
        return asActive(request, userAction)
                .filter(granted -> granted.extension()
                        .filter(extension -> extension.state() == Extension.State.PENDING)
                        .isPresent());
    }
}
