package io.reverser.access.command;

import io.reverser.access.policy.Refusal;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Audit.Action;
import io.reverser.access.request.Change;
import io.reverser.access.request.Change.Outcome;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes down what people decide, each decision together with its audit record. When somebody else was faster, it is
 * decided again on what there is now.
 */
class Ledger {

    private static final int LOOKS = 5;

    private final RequestTable table;

    Ledger(RequestTable table) {
        this.table = table;
    }

    /** What a decision comes to once the request was seen. */
    sealed interface Step {

        /** Nothing is to be written. */
        record Answer(Reply reply) implements Step {}

        /** It is not allowed; that is recorded. */
        record Deny(Refusal why) implements Step {}

        /** The next state. */
        record Write(Request next) implements Step {}
    }

    Reply decide(RequestId id, Act act, Action action, Function<Stored, Step> step) {
        for (int look = 0; look < LOOKS; look++) {
            Optional<Stored> seen = table.find(id);
            if (seen.isEmpty()) {
                return new Reply.NoSuchRequest(id.value());
            }
            if (act.isElsewhere(seen.get())) {
                return new Reply.WrongMessage();
            }
            switch (step.apply(seen.get())) {
                case Step.Answer(Reply reply) -> {
                    return reply;
                }
                case Step.Deny(Refusal why) -> {
                    return denied(act, id, action, why);
                }
                case Step.Write(Request next) -> {
                    Audit audit = Audit.of(id, act.by(), action, Audit.Outcome.DONE, act.at());
                    Outcome outcome = table.write(
                            Change.of(seen.get(), next).audited(audit).once(act.delivery()));
                    if (outcome != Outcome.OVERTAKEN) {
                        return new Reply.Done(
                                table.find(id).map(Stored::request).orElse(next));
                    }
                }
            }
        }
        return new Reply.Busy();
    }

    List<Stored> open() {
        return table.open();
    }

    Optional<Stored> find(RequestId id) {
        return table.find(id);
    }

    List<Audit> audit(RequestId id) {
        return table.audit(id);
    }

    /** A new request. Where it only met somebody else's write, of the same count for example, it is written again. */
    Reply create(Change change, Act act, Action action) {
        Request request = change.after().orElseThrow();
        Wish wish = request.ask().wish();
        Audit audit = Audit.of(request.id(), act.by(), action, Audit.Outcome.DONE, act.at())
                .with(Map.of("cluster", wish.cluster(), "level", wish.level(), "reason", wish.reason()));
        Change whole = change.audited(audit).once(act.delivery());
        for (int look = 0; look < LOOKS; look++) {
            switch (table.write(whole)) {
                case WRITTEN -> {
                    return new Reply.Done(request);
                }
                case CAPPED -> {
                    return new Reply.Capped();
                }
                case SEEN, OVERTAKEN -> {
                    Optional<Stored> there = table.find(request.id());
                    if (there.isPresent()) {
                        return new Reply.Done(there.get().request());
                    }
                }
            }
        }
        return new Reply.Busy();
    }

    Reply denied(Act act, RequestId subject, Action action, Refusal why) {
        Audit audit = Audit.of(subject, act.by(), action, Audit.Outcome.DENIED, act.at())
                .with(Map.of("why", why.toString()));
        table.write(Change.only(audit));
        return new Reply.Refused(why);
    }
}
