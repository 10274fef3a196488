package io.reverser.rotation;

import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Moves a rotation on towards its good end: one step for each call, and each only if the one before is seen to be done. */
final class Forward {

    /** Secrets Manager repeats its steps for about eight minutes. */
    private static final Duration STEPS = Duration.ofMinutes(12);

    private static final Duration SYNC = Duration.ofMinutes(5);
    private static final Duration SESSIONS = Duration.ofMinutes(30);

    private final RotationPlan plan;
    private final Gate.Surroundings world;
    private final Journal journal;

    Forward(RotationPlan plan, Gate.Surroundings world, Journal journal) {
        this.plan = plan;
        this.world = world;
        this.journal = journal;
    }

    /** It was decided on: asks Secrets Manager for it, unless somebody else did. */
    boolean ask(Rotation rotation, SecretState state) {
        if (state.isCurrent(rotation.token())) {
            return switched(rotation);
        }
        if (journal.isLongerThan(STEPS, rotation.begun())) {
            return giveUp(rotation, Wording.NOT_STARTED);
        }
        if (!state.isPending(rotation.token())) {
            world.secret().rotate(rotation.token());
        }
        return journal.write(rotation.token(), Mark.ASKED, "");
    }

    /** Secrets Manager takes its steps. */
    boolean follow(Rotation rotation, SecretState state) {
        if (state.isCurrent(rotation.token())) {
            return switched(rotation);
        }
        if (!state.isPending(rotation.token())) {
            return giveUp(rotation, Wording.TAKEN_AWAY);
        }
        return journal.isLongerThan(STEPS, rotation.begun())
                && giveUp(rotation, Wording.notFinished(STEPS, rotation.detail(Mark.FAILED)));
    }

    /** The new version is the current one: it has to get into the cluster. */
    boolean askForSync(Rotation rotation) {
        return journal.write(
                rotation.token(), Mark.SYNCING, world.cluster().sync().fetch());
    }

    boolean followSync(Rotation rotation) {
        Sync sync = world.cluster().sync();
        if (!sync.asked().equals(rotation.token())) {
            world.cluster().askForSync(rotation.token());
            return false;
        }
        if (sync.isFetchedSince(rotation.detail(Mark.SYNCING))) {
            return journal.write(rotation.token(), Mark.SYNCED, sync.fetched());
        }
        return journal.isLongerThan(SYNC, rotation.at(Mark.SYNCING))
                && undo(rotation, Wording.notFetched(SYNC, sync.problem()));
    }

    /** Pods are exchanged. */
    boolean followRollout(Rotation rotation) {
        Rollout rollout = world.cluster().rollout();
        if (isNew(rotation, rollout)) {
            return journal.write(rotation.token(), Mark.ROLLED, "");
        }
        boolean late = rollout.isFailed() || journal.isLongerThan(plan.rolloutWithin(), rotation.at(Mark.SYNCED));
        return late && undo(rotation, Wording.notRolled(rollout));
    }

    /** The new pods are watched for a while, and then the old login goes. */
    boolean bake(Rotation rotation) {
        if (!rotation.isEmergency()) {
            Optional<String> noise = world.alarms().noise();
            if (noise.isPresent()) {
                return undo(rotation, noise.get());
            }
        }
        Instant since = rotation.at(Mark.ROLLED);
        Rollout rollout = world.cluster().rollout();
        boolean isNew = isNew(rotation, rollout);
        boolean late = journal.isLongerThan(plan.bake().plus(plan.rolloutWithin()), since);
        if (rollout.isFailed() || (late && !isNew)) {
            return undo(rotation, Wording.notRolled(rollout));
        }
        return isNew && journal.isLongerThan(plan.bake(), since) && drop(rotation);
    }

    private boolean drop(Rotation rotation) {
        DatabaseSecret newer = world.secret().required(rotation.token());
        DatabaseSecret older = world.secret().required(rotation.from());
        Optional<String> users = world.exchange().users(older);
        if (users.isPresent()) {
            if (journal.isLongerThan(SESSIONS, rotation.at(Mark.ROLLED))) {
                journal.write(rotation.token(), Mark.STUCK, users.get());
            }
            return false;
        }
        world.exchange().drop(older, newer, () -> world.secret().mustBeCurrent(rotation.token()));
        return journal.end(rotation.token(), Mark.DROPPED, isUnnoticed() ? Wording.NOBODY_NOTICED : "");
    }

    /** Whether both logins are let in for a while. */
    private boolean isUnnoticed() {
        return plan.strategy() != Strategy.SINGLE_USER;
    }

    /** Back to the login before, which the server still lets in. */
    boolean undo(Rotation rotation, String why) {
        return journal.write(rotation.token(), Mark.UNDOING, why);
    }

    /** The steps will not come to an end: whatever they did is taken back, unless they have just come to it. */
    private boolean giveUp(Rotation rotation, String why) {
        return world.withdraw(rotation.token())
                ? journal.end(rotation.token(), Mark.GIVEN_UP, Wording.asBefore(why))
                : switched(rotation);
    }

    private boolean switched(Rotation rotation) {
        return journal.write(rotation.token(), Mark.SWITCHED, isUnnoticed() ? Wording.STILL_LET_IN : "");
    }

    /**
     * Reloader gives pods another template when the secret in the cluster changes, so all of them have to be made from
     * templates that were not there before; and after the sync, unless the secret may have been fetched earlier, because
     * it just was its hour.
     */
    private static boolean isNew(Rotation rotation, Rollout rollout) {
        boolean isFirstFetch =
                rotation.detail(Mark.SYNCING).equals(rotation.before().fetch());
        Instant since = isFirstFetch ? Instant.parse(rotation.detail(Mark.SYNCED)) : Instant.EPOCH;
        return rollout.isNewerThan(since, rotation.before().templates());
    }
}
