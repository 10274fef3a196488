package io.reverser.access.command;

import io.reverser.access.command.Ledger.Step;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Refusal;
import io.reverser.access.policy.Ruling;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Approval;
import io.reverser.access.request.Audit.Action;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    /** Its owner asks for more time. */
    Reply ask(RequestId id, Duration by, String reason, Act act) {
        return ledger.decide(id, act, Action.EXTEND, stored -> {
            if (!(stored.request() instanceof Granted granted)
                    || granted.ending().isPresent()) {
                return new Step.Answer(new Reply.TooLate(stored.request()));
            }
            Wish wish = granted.ask().wish();
            if (!wish.who().equals(act.by())) {
                return new Step.Deny(new Refusal.NotAnApprover(act.by()));
            }
            Duration whole =
                    Duration.between(granted.decision().at(), granted.until()).plus(by);
            Duration longest = granted.decision().terms().longest();
            if (whole.compareTo(longest) > 0) {
                return new Step.Deny(new Refusal.TooLong(whole, longest));
            }
            return switch (policy.rule(wish)) {
                case Ruling.Refused refused -> new Step.Deny(refused.why());
                case Ruling.BreakGlass now ->
                    new Step.Write(granted.extension(extension(granted, by, reason, act, true)));
                case Ruling.Automatic free ->
                    new Step.Write(granted.extension(extension(granted, by, reason, act, true)));
                case Ruling.NeedsApproval needed ->
                    new Step.Write(granted.extension(extension(granted, by, reason, act, false)));
            };
        });
    }

    /** Somebody says yes to more time. */
    Reply approve(RequestId id, Act act) {
        return ledger.decide(id, act, Action.APPROVE_EXTENSION, stored -> {
            Optional<Granted> open = open(stored.request());
            if (open.isEmpty()) {
                return new Step.Answer(new Reply.TooLate(stored.request()));
            }
            Wish wish = open.get().ask().wish();
            Optional<Refusal> refusal = policy.refusalToDecide(wish, act.by());
            if (refusal.isPresent()) {
                return new Step.Deny(refusal.get());
            }
            Extension extension = open.get().extension().orElseThrow();
            List<String> people = new ArrayList<>(
                    extension.approvals().stream().map(Approval::by).toList());
            people.add(act.by());
            return new Step.Write(open.get()
                    .extension(extension.approve(new Approval(act.by(), act.at()), policy.isEnough(wish, people))));
        });
    }

    /** Somebody says no to more time. */
    Reply refuse(RequestId id, Act act) {
        return ledger.decide(id, act, Action.REFUSE_EXTENSION, stored -> {
            Optional<Granted> open = open(stored.request());
            if (open.isEmpty()) {
                return new Step.Answer(new Reply.TooLate(stored.request()));
            }
            return policy.refusalToDecide(open.get().ask().wish(), act.by())
                    .<Step>map(Step.Deny::new)
                    .orElseGet(() -> new Step.Write(open.get()
                            .extension(open.get().extension().orElseThrow().refuse())));
        });
    }

    /** It lapses when the access ends. */
    private static Extension extension(Granted granted, Duration by, String reason, Act act, boolean approved) {
        Instant lapses = granted.until();
        return new Extension(
                by, reason, act.at(), lapses, List.of(), approved ? Extension.State.APPROVED : Extension.State.OPEN);
    }

    private static Optional<Granted> open(Request request) {
        return request instanceof Granted granted
                        && granted.ending().isEmpty()
                        && granted.extension()
                                .filter(more -> more.state() == Extension.State.OPEN)
                                .isPresent()
                ? Optional.of(granted)
                : Optional.empty();
    }
}
