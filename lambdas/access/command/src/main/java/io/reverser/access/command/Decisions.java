package io.reverser.access.command;

import io.reverser.access.command.Ledger.Step;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Refusal;
import io.reverser.access.policy.Ruling;
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
                return new Step.Answer(new Reply.TooLate(stored.request()));
            }
            Wish wish = pending.ask().wish();
            Optional<Refusal> refusal = policy.refusalToDecide(wish, act.by());
            if (refusal.isPresent()) {
                return new Step.Deny(refusal.get());
            }
            List<Approval> approvals = pending.with(new Approval(act.by(), act.at()));
            List<String> people = approvals.stream().map(Approval::by).toList();
            if (people.stream().distinct().count() < people.size()) {
                return new Step.Answer(new Reply.ApprovedAlready(pending));
            }
            Optional<Terms> terms = terms(policy.rule(wish));
            if (terms.isEmpty()) {
                return new Step.Answer(new Reply.NotAllowedNow(pending));
            }
            return new Step.Write(
                    policy.isEnough(wish, people)
                            ? pending.approved(new Decision(Decision.Way.APPROVED, approvals, terms.get(), act.at()))
                            : pending.approve(approvals.getLast()));
        });
    }

    /** Somebody says no. */
    Reply refuse(RequestId id, String why, Act act) {
        return ledger.decide(id, act, Action.REFUSE, stored -> {
            if (!(stored.request() instanceof Pending pending)) {
                return new Step.Answer(new Reply.TooLate(stored.request()));
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
                return new Step.Answer(new Reply.TooLate(stored.request()));
            }
            return pending.ask().wish().who().equals(act.by())
                    ? new Step.Write(pending.cancel(act.at()))
                    : new Step.Deny(new Refusal.NotAnApprover(act.by()));
        });
    }

    /** Somebody wants access to end now. */
    Reply revoke(RequestId id, String why, Act act) {
        return ledger.decide(id, act, Action.REVOKE, stored -> {
            if (!(stored.request() instanceof Granted granted)
                    || granted.ending().isPresent()) {
                return new Step.Answer(new Reply.TooLate(stored.request()));
            }
            return policy.mayRevoke(granted.ask().wish(), act.by())
                    ? new Step.Write(granted.end(new Request.Ending(act.by(), why, act.at())))
                    : new Step.Deny(new Refusal.NotAnApprover(act.by()));
        });
    }

    static Optional<Terms> terms(Ruling ruling) {
        return switch (ruling) {
            case Ruling.NeedsApproval needed -> Optional.of(needed.terms());
            case Ruling.Automatic free -> terms(free.otherwise());
            case Ruling.BreakGlass now -> Optional.empty();
            case Ruling.Refused refused -> Optional.empty();
        };
    }
}
