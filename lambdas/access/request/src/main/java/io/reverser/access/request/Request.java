package io.reverser.access.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request for access as far as it got. What can follow a state is a method of that state, so that nothing else can.
 *
 * <pre>
 * Pending ─┬─ Approved ─┬─ Granted ─┬─ Expired
 *          ├─ Refused   └─ Failed   └─ Revoked
 *          ├─ Cancelled
 *          └─ Expired
 * </pre>
 */
public sealed interface Request {

    /** What it is about. */
    Ask ask();

    /** Its name. */
    default RequestId id() {
        return ask().id();
    }

    /** Waits for approvals until the given time. */
    record Pending(Ask ask, List<Approval> approvals, Instant until, boolean reminded) implements Request {

        /** Keeps its own list. */
        public Pending {
            approvals = List.copyOf(approvals);
        }

        /** One more yes, and it is not enough yet. */
        public Pending approve(Approval approval) {
            return new Pending(ask, with(approval), until, reminded);
        }

        /** The approvals together with another one. */
        public List<Approval> with(Approval approval) {
            var all = new ArrayList<>(approvals);
            all.add(approval);
            return all;
        }

        /** The approvals are enough. */
        public Approved approved(Decision decision) {
            return new Approved(ask, decision);
        }

        /** Somebody who may decide said no. */
        public Refused refuse(String by, String why, Instant at) {
            return new Refused(ask, by, why, at);
        }

        /** The requester took it back. */
        public Cancelled cancel(Instant at) {
            return new Cancelled(ask, at);
        }

        /** Nobody decided in time. */
        public Expired expire(Instant at) {
            return new Expired(ask, Optional.empty(), at);
        }

        /** The approvers were reminded. */
        public Pending remind() {
            return new Pending(ask, approvals, until, true);
        }
    }

    /** To be granted. The time counts from the decision. */
    record Approved(Ask ask, Decision decision) implements Request {

        /** When the access ends that is to be given. */
        public Instant until() {
            return decision.at().plus(decision.terms().duration());
        }

        /** The access exists. */
        public Granted grant(Instant since) {
            return new Granted(ask, decision, since, until(), Optional.empty(), Optional.empty(), false);
        }

        /** The access cannot be given, and nothing of it is left. */
        public Failed fail(String why, Instant at) {
            return new Failed(ask, why, at);
        }
    }

    /**
     * The access exists.
     *
     * @param ending somebody wants it gone before its time
     * @param reminded whether its owner knows that it ends soon
     */
    record Granted(
            Ask ask,
            Decision decision,
            Instant since,
            Instant until,
            Optional<Extension> extension,
            Optional<Ending> ending,
            boolean reminded)
            implements Request {

        /** How long it would be in all with so much more. */
        public Duration lengthWith(Extension more) {
            return Duration.between(decision.at(), until).plus(more.by());
        }

        /** More time was asked for, approved or refused. */
        public Granted extension(Extension extension) {
            return new Granted(ask, decision, since, until, Optional.of(extension), ending, reminded);
        }

        /** The extension was carried out. */
        public Granted extended(Instant until) {
            return new Granted(ask, decision, since, until, Optional.empty(), ending, false);
        }

        /** To be ended now. */
        public Granted end(Ending ending) {
            return new Granted(ask, decision, since, until, extension, Optional.of(ending), reminded);
        }

        /** Its owner knows that it ends soon, which is news after a refused extension too. */
        public Granted remind() {
            return new Granted(
                    ask,
                    decision,
                    since,
                    until,
                    extension.filter(more -> more.state() != Extension.State.REFUSED),
                    ending,
                    true);
        }

        /** The access is gone, because somebody wanted it or because its time was over. */
        public Request gone(Instant at) {
            return ending.<Request>map(wanted -> new Revoked(ask, decision, since, wanted, at))
                    .orElseGet(() -> new Expired(ask, Optional.of(decision), at));
        }
    }

    /** An approver said no. */
    record Refused(Ask ask, String by, String why, Instant at) implements Request {}

    /** The requester took it back. */
    record Cancelled(Ask ask, Instant at) implements Request {}

    /**
     * Its time is over.
     *
     * @param decision empty when nobody decided
     */
    record Expired(Ask ask, Optional<Decision> decision, Instant at) implements Request {}

    /** The access was ended before its time. */
    record Revoked(Ask ask, Decision decision, Instant since, Ending ending, Instant at) implements Request {}

    /** It was approved and could not be carried out; nothing is left of it. */
    record Failed(Ask ask, String why, Instant at) implements Request {}

    /**
     * Somebody wants the access gone.
     *
     * @param by a Slack user ID, or {@link #PLATFORM}
     */
    record Ending(String by, String why, Instant at) {

        /** What nobody did by hand. */
        public static final String PLATFORM = "platform";
    }
}
