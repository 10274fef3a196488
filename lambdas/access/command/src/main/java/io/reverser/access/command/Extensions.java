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
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** More time for access that somebody has. Whoever would approve the access approves this too. */
class Extensions {

    private final Policy policy;
    private final Ledger ledger;

    Extensions(Policy policy, Ledger ledger) {
        this.policy = policy;
        this.ledger = ledger;
    }

    /**
     * Its owner asks for more time. One wish at a time: another one would take the place of what the approvers see and are
     * about to approve, or of what they approved.
     */
    Reply ask(RequestId id, Duration by, String reason, Act act) {
        return ledger.decide(id, act, Action.EXTEND, stored -> {
            Optional<Granted> running = running(stored.request(), act);
            if (running.isEmpty()) {
                return new Step.Answer(new Reply.NotNow(stored.request()));
            }
            Granted granted = running.get();
            Wish wish = granted.ask().wish();
            if (!wish.who().equals(act.by())) {
                return new Step.Deny(new Refusal.NotTheRequester(act.by()));
            }
            if (granted.extension()
                    .filter(other -> other.state() != Extension.State.REFUSED)
                    .isPresent()) {
                return new Step.Answer(new Reply.AsksAlready(granted));
            }
            var more = new Extension(by, reason, act.at(), List.of(), Extension.State.OPEN);
            return asked(policy.rule(wish.because(reason)), granted, more);
        });
    }

    /** What people had to approve is not extended without them. */
    private static Step asked(Ruling ruling, Granted granted, Extension more) {
        return switch (ruling) {
            case Ruling.Refused refused -> new Step.Deny(refused.why());
            case Ruling.BreakGlass now -> longer(granted, more.approved(), now.terms());
            case Ruling.Automatic free ->
                granted.decision().way() == Decision.Way.AUTOMATIC
                        ? longer(granted, more.approved(), free.terms())
                        : asked(free.otherwise(), granted, more);
            case Ruling.NeedsApproval needed -> longer(granted, more, needed.terms());
        };
    }

    private static Step longer(Granted granted, Extension more, Terms terms) {
        Duration whole = granted.lengthWith(more);
        return whole.compareTo(terms.longest()) > 0
                ? new Step.Deny(new Refusal.TooLongInAll(whole, terms.longest()))
                : new Step.Write(granted.extension(more));
    }

    /** Somebody says yes to more time. */
    Reply approve(RequestId id, Act act) {
        return ledger.decide(id, act, Action.APPROVE_EXTENSION, stored -> {
            Optional<Granted> asking = asking(stored.request(), act);
            if (asking.isEmpty()) {
                return new Step.Answer(new Reply.NotNow(stored.request()));
            }
            Granted granted = asking.get();
            Wish wish = granted.ask().wish();
            Extension more = granted.extension().orElseThrow();
            return Decisions.objection(policy, wish, more.approvals(), act).orElseGet(() -> {
                Extension another = more.approve(new Approval(act.by(), act.at()));
                return new Step.Write(granted.extension(
                        Decisions.isEnough(policy, wish, another.approvals()) ? another.approved() : another));
            });
        });
    }

    /** Somebody says no to more time. */
    Reply refuse(RequestId id, Act act) {
        return ledger.decide(id, act, Action.REFUSE_EXTENSION, stored -> {
            Optional<Granted> asking = asking(stored.request(), act);
            if (asking.isEmpty()) {
                return new Step.Answer(new Reply.NotNow(stored.request()));
            }
            return policy.refusalToDecide(asking.get().ask().wish(), act.by())
                    .<Step>map(Step.Deny::new)
                    .orElseGet(() -> new Step.Write(asking.get()
                            .extension(asking.get().extension().orElseThrow().refuse())));
        });
    }

    private static Optional<Granted> running(Request request, Act act) {
        return request instanceof Granted granted
                        && granted.ending().isEmpty()
                        && act.at().isBefore(granted.until())
                ? Optional.of(granted)
                : Optional.empty();
    }

    private static Optional<Granted> asking(Request request, Act act) {
        return running(request, act)
                .filter(granted -> granted.extension()
                        .filter(more -> more.state() == Extension.State.OPEN)
                        .isPresent());
    }
}
