package io.reverser.access.change;

import io.reverser.access.change.Grants.Ended;
import io.reverser.access.change.Sweep.Finding;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Audit.Action;
import io.reverser.access.request.Audit.Outcome;
import io.reverser.access.request.Change;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a request to where it should be by now, step by step: looks, acts, writes down what came of it, looks again. When
 * nothing is left to do, it tells. Every step may be repeated, so a call that was cut off is simply made again.
 */
class Progress {

    private final RequestTable table;
    private final Grants grants;
    private final Confirmation confirmation;
    private final Announcements announcements;

    Progress(RequestTable table, Grants grants, Confirmation confirmation, Announcements announcements) {
        this.table = table;
        this.grants = grants;
        this.confirmation = confirmation;
        this.announcements = announcements;
    }

    void advance(RequestId id, Instant now) {
        Optional<Stored> seen = table.find(id);
        Optional<Change> step = seen.flatMap(stored -> step(stored, now));
        while (step.isPresent()) {
            table.write(step.get());
            seen = table.find(id);
            step = seen.flatMap(stored -> step(stored, now));
        }
        seen.filter(stored -> !stored.isTold()).ifPresent(stored -> table.show(stored, announcements.tell(stored)));
    }

    private Optional<Change> step(Stored seen, Instant now) {
        return switch (seen.request()) {
            case Pending pending -> waiting(seen, pending, now);
            case Approved approved -> Optional.of(decided(seen, approved, now));
            case Granted granted -> given(seen, granted, now);
            case Request.Refused over -> Optional.empty();
            case Request.Cancelled over -> Optional.empty();
            case Request.Expired over -> Optional.empty();
            case Request.Revoked over -> Optional.empty();
            case Request.Failed over -> Optional.empty();
        };
    }

    private Optional<Change> waiting(Stored seen, Pending pending, Instant now) {
        if (!now.isBefore(pending.until())) {
            return Optional.of(
                    Change.of(seen, pending.expire(now)).audited(record(pending, Action.LAPSE, Outcome.DONE, now)));
        }
        boolean remind = !pending.reminded() && !now.isBefore(announcements.remindApproversAt(pending));
        return remind ? Optional.of(Change.of(seen, pending.remind())) : Optional.empty();
    }

    private Change decided(Stored seen, Approved approved, Instant now) {
        Optional<String> obstacle = now.isBefore(approved.until())
                ? confirmation.obstacle(approved).or(() -> grants.give(approved))
                : Optional.of("its time was over before it could be given");
        if (obstacle.isEmpty()) {
            return Change.of(seen, approved.grant(now)).audited(record(approved, Action.GRANT, Outcome.DONE, now));
        }
        grants.undo(approved);
        return Change.of(seen, approved.fail(obstacle.get(), now))
                .audited(record(approved, Action.GRANT, Outcome.FAILED, now).with(Map.of("why", obstacle.get())));
    }

    private Optional<Change> given(Stored seen, Granted granted, Instant now) {
        if (granted.ending().isPresent()) {
            return Optional.of(over(seen, granted, now));
        }
        Optional<Extension> approved = granted.extension()
                .filter(more -> more.state() == Extension.State.APPROVED)
                .filter(more -> now.isBefore(granted.until().plus(more.by())));
        if (approved.isPresent()) {
            return Optional.of(longer(seen, granted, approved.get(), now));
        }
        if (!now.isBefore(granted.until())) {
            return Optional.of(over(seen, granted, now));
        }
        boolean remind = !granted.reminded() && !now.isBefore(announcements.remindOwnerAt(granted));
        return remind ? Optional.of(Change.of(seen, granted.remind())) : Optional.empty();
    }

    /** What was approved before the end counts, even when the end came first. */
    private Change longer(Stored seen, Granted granted, Extension extension, Instant now) {
        Optional<String> obstacle = confirmation.obstacle(granted, extension);
        if (obstacle.isPresent()) {
            return Change.of(seen, granted.extension(extension.refuse()))
                    .audited(record(granted, Action.EXTEND, Outcome.FAILED, now).with(Map.of("why", obstacle.get())));
        }
        Instant until = granted.until().plus(extension.by());
        if (grants.extend(granted, until)) {
            return Change.of(seen, granted.extended(until))
                    .audited(record(granted, Action.EXTEND, Outcome.DONE, now).with(Map.of("until", until.toString())));
        }
        return Change.of(
                        seen, granted.end(new Request.Ending(Request.Ending.PLATFORM, "its access entry is gone", now)))
                .audited(record(granted, Action.EXTEND, Outcome.FAILED, now));
    }

    /** Who still gets in by an entry that is not ours any more is not let go unseen. */
    private Change over(Stored seen, Granted granted, Instant now) {
        Ended ended = grants.end(granted);
        Audit end = record(granted, Action.END, Outcome.DONE, now).with(Map.of("found", ended.name()));
        if (ended != Ended.NOT_OURS) {
            return Change.of(seen, granted.gone(now)).audited(end);
        }
        Metrics.report(List.of(Finding.ALTERED), now);
        var why = new Request.Ending(
                Request.Ending.PLATFORM, "its access entry was changed by somebody, and is still there", now);
        return Change.of(seen, granted.end(why).gone(now))
                .audited(end)
                .audited(record(granted, Action.TAMPERING, Outcome.DENIED, now));
    }

    private static Audit record(Request request, Action action, Outcome outcome, Instant now) {
        return Audit.of(request.id(), Request.Ending.PLATFORM, action, outcome, now);
    }
}
