package io.reverser.access.command;

import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Ruling;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Ask;
import io.reverser.access.request.Audit.Action;
import io.reverser.access.request.Change;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.Stored;
import java.util.List;
import java.util.Optional;

/** Takes requests. */
class Asking {

    private final Policy policy;
    private final Ledger ledger;

    Asking(Policy policy, Ledger ledger) {
        this.policy = policy;
        this.ledger = ledger;
    }

    /** Somebody asks for access. */
    Reply ask(Wish wish, Act act) {
        Optional<Stored> other = running(wish, act);
        if (other.isPresent()) {
            return new Reply.HasAlready(other.get().request());
        }
        return ask(new Ask(RequestId.of(act.delivery()), wish, act.at()), policy.rule(wish), act);
    }

    private Reply ask(Ask ask, Ruling ruling, Act act) {
        return switch (ruling) {
            case Ruling.Refused refused -> ledger.denied(act, ask.id(), Action.REQUEST, refused.why());
            case Ruling.NeedsApproval needed ->
                ledger.create(
                        Change.create(new Pending(ask, List.of(), act.at().plus(needed.expiresAfter()), false)),
                        act,
                        Action.REQUEST);
            case Ruling.BreakGlass now ->
                ledger.create(
                        Change.create(new Approved(
                                ask, new Decision(Decision.Way.BREAK_GLASS, List.of(), now.terms(), act.at()))),
                        act,
                        Action.BREAK_GLASS);
            case Ruling.Automatic free -> {
                var decision = new Decision(Decision.Way.AUTOMATIC, List.of(), free.terms(), act.at());
                Change change = Change.create(new Approved(ask, decision)).within(cap(act, free));
                Reply reply = ledger.create(change, act, Action.REQUEST);
                yield reply instanceof Reply.Capped ? ask(ask, free.otherwise(), act) : reply;
            }
        };
    }

    /** A cluster has one access entry for each principal. An emergency does not wait for what nobody has approved. */
    private Optional<Stored> running(Wish wish, Act act) {
        return ledger.open().stream()
                .filter(stored -> (stored.request() instanceof Pending && !wish.isBreakGlass())
                        || stored.request() instanceof Approved
                        || stored.request() instanceof Granted)
                .filter(stored -> stored.request().ask().wish().who().equals(wish.who())
                        && stored.request().ask().wish().cluster().equals(wish.cluster()))
                .filter(stored -> !stored.request().id().equals(RequestId.of(act.delivery())))
                .findFirst();
    }

    static Change.Cap cap(Act act, Ruling.Automatic free) {
        long period = act.at().getEpochSecond() / free.per().toSeconds();
        return new Change.Cap(
                act.by() + "-" + free.rule() + "-" + period,
                free.times(),
                free.per().toSeconds());
    }
}
