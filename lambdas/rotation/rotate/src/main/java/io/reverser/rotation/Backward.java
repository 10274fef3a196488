package io.reverser.rotation;

import java.time.Duration;
import java.time.Instant;

/** Moves a rotation back to how it was before: one step for each call, and each only if the one before is seen to be done. */
final class Backward {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** How far the clock of the cluster may be off, and how late the switch may have been seen. */
    private static final Duration MARGIN = Duration.ofMinutes(3);

    private final Gate.Surroundings world;
    private final Journal journal;

    Backward(Gate.Surroundings world, Journal journal) {
        this.world = world;
        this.journal = journal;
    }

    /** The version before becomes the current one again; the database must let it in first. */
    boolean promote(Rotation rotation, SecretState state) {
        if (state.isCurrent(rotation.from())) {
            return journal.write(rotation.token(), Mark.BACK, "");
        }
        DatabaseSecret older = world.secret().required(rotation.from());
        DatabaseSecret newer = world.secret().required(rotation.token());
        if (!world.exchange().letsIn(older)) {
            // Pods still have the newer one, so that stays.
            world.exchange().set(newer, older, () -> world.secret().mustBeCurrent(rotation.token()));
        }
        world.secret().promote(rotation.from(), rotation.token());
        if (state.isPending(rotation.token())) {
            world.secret().unstage(rotation.token());
        }
        return journal.write(rotation.token(), Mark.BACK, "");
    }

    boolean askForSync(Rotation rotation) {
        return journal.write(
                rotation.token(), Mark.BACK_SYNCING, world.cluster().sync().fetch());
    }

    boolean followSync(Rotation rotation) {
        Sync sync = world.cluster().sync();
        String ask = rotation.token() + "-back";
        if (!sync.asked().equals(ask)) {
            world.cluster().askForSync(ask);
            return false;
        }
        if (sync.isFetchedSince(rotation.detail(Mark.BACK_SYNCING))) {
            return journal.write(rotation.token(), Mark.BACK_SYNCED, sync.fetched());
        }
        stuckAfter(Mark.BACK_SYNCING, rotation, Wording.notFetched(PATIENCE, sync.problem()));
        return false;
    }

    /** No pod may be left that was made while the new login was in the cluster. */
    boolean followRollout(Rotation rotation) {
        Rollout rollout = world.cluster().rollout();
        Instant back = Instant.parse(rotation.detail(Mark.BACK_SYNCED));
        if (rollout.hasNoneBetween(rotation.at(Mark.SWITCHED).minus(MARGIN), back)) {
            return journal.write(rotation.token(), Mark.BACK_ROLLED, "");
        }
        stuckAfter(Mark.BACK_SYNCED, rotation, Wording.notRolledBack(rollout));
        return false;
    }

    /** The new login goes. */
    boolean reset(Rotation rotation) {
        world.exchange()
                .undo(
                        world.secret().required(rotation.from()),
                        world.secret().required(rotation.token()),
                        () -> world.secret().mustBeCurrent(rotation.from()));
        return journal.end(rotation.token(), Mark.UNDONE, rotation.detail(Mark.UNDOING));
    }

    /** Both logins are let in meanwhile, so there is time for somebody to look. */
    private void stuckAfter(Mark since, Rotation rotation, String why) {
        if (journal.isLongerThan(PATIENCE, rotation.at(since))) {
            journal.write(rotation.token(), Mark.STUCK, why);
        }
    }
}
