package io.reverser.access.command;

import io.reverser.access.command.Ledger.Step;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Refusal;
import io.reverser.access.policy.Terms;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Approval;
import io.reverser.access.request.Audit.Action;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import java.util.List;
import java.util.Optional;

/** What people decide about requests. The policy is asked anew each time. */
class Decisions {

    private final Policy policy;
    private final Ledger ledger;

    Decisions(Policy policy, Ledger ledger) {
        this.policy = policy;
        this.ledger = ledger;
    }

    /** Somebody says yes. */
    Reply approve(RequestId id, Act act) {
        return ledger.decide(id, act, Action.APPROVE, stored -> {
            if (!(stored.request() instanceof Pending pending) || !act.at().isBefore(pending.until())) {
                return new Step.Answer(new Reply.NotNow(stored.request()));
            }
            Wish wish = pending.ask().wish();
            return objection(policy, wish, pending.approvals(), act).orElseGet(() -> {
                List<Approval> approvals = pending.with(new Approval(act.by(), act.at()));
                Terms terms = policy.rule(wish).approval().orElseThrow().terms();
                return new Step.Write(
                        isEnough(policy, wish, approvals)
                                ? pending.approved(new Decision(Decision.Way.APPROVED, approvals, terms, act.at()))
                                : pending.approve(approvals.getLast()));
            });
        });
    }

    /** Why somebody's yes does not count, whatever it is about; empty when it does. */
    static Optional<Step> objection(Policy policy, Wish wish, List<Approval> before, Act act) {
        Optional<Refusal> refusal = policy.refusalToDecide(wish, act.by());
        if (refusal.isPresent()) {
            return refusal.map(Step.Deny::new);
        }
        if (before.stream().map(Approval::by).anyMatch(act.by()::equals)) {
            return Optional.of(new Step.Answer(new Reply.ApprovedAlready()));
        }
        return policy.rule(wish).approval().isEmpty()
                ? Optional.of(new Step.Answer(new Reply.NotAllowedNow()))
                : Optional.empty();
    }

    static boolean isEnough(Policy policy, Wish wish, List<Approval> approvals) {
        return policy.isEnough(wish, approvals.stream().map(Approval::by).toList());
    }

    /** Somebody says no. */
    Reply refuse(RequestId id, String why, Act act) {
        return ledger.decide(id, act, Action.REFUSE, stored -> {
            if (!(stored.request() instanceof Pending pending)) {
                return new Step.Answer(new Reply.NotNow(stored.request()));
            }
            return policy.refusalToDecide(pending.ask().wish(), act.by())
                    .<Step>map(Step.Deny::new)
                    .orElseGet(() -> new Step.Write(pending.refuse(act.by(), why, act.at())));
        });
    }

    /** Somebody takes a request back. */
    Reply cancel(RequestId id, Act act) {
        return ledger.decide(id, act, Action.CANCEL, stored -> {
            if (!(stored.request() instanceof Pending pending)) {
                return new Step.Answer(new Reply.NotNow(stored.request()));
            }
            return pending.ask().wish().who().equals(act.by())
                    ? new Step.Write(pending.cancel(act.at()))
                    : new Step.Deny(new Refusal.NotTheRequester(act.by()));
        });
    }

    /** Somebody wants access to end now. */
    Reply revoke(RequestId id, String why, Act act) {
        return ledger.decide(id, act, Action.REVOKE, stored -> {
            if (!(stored.request() instanceof Granted granted)
                    || granted.ending().isPresent()) {
                return new Step.Answer(new Reply.NotNow(stored.request()));
            }
            return policy.mayRevoke(granted.ask().wish(), act.by())
                    ? new Step.Write(granted.end(new Request.Ending(act.by(), why, act.at())))
                    : new Step.Deny(new Refusal.NotAnApprover(act.by()));
        });
    }
}
