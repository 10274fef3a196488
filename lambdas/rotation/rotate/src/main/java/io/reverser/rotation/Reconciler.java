package io.reverser.rotation;

import java.time.Duration;
import java.util.Optional;

/**
 * Looks at the world once a minute and takes the next safe steps. It keeps nothing in memory: whoever looks next goes on
 * where the world is.
 */
final class Reconciler {

    /** As far as a rotation can go in one look. */
    private static final int MOST_STEPS = 12;

    /** Whatever fails for so long needs somebody. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Secret secret;
    private final Ways ways;
    private final Journal journal;
    private final Metrics metrics;

    /** What can be done. */
    record Ways(Beginning beginning, Forward forward, Backward backward) {}

    Reconciler(Secret secret, Ways ways, Journal journal, Metrics metrics) {
        this.secret = secret;
        this.ways = ways;
        this.journal = journal;
        this.metrics = metrics;
    }

    /** Looks. */
    void look() {
        SecretState state = secret.state();
        Optional<Rotation> rotation = journal.newest();
        try {
            for (int step = 0; step < MOST_STEPS && moved(rotation, state); step++) {
                state = secret.state();
                rotation = journal.newest();
            }
        } finally {
            metrics.looked(
                    Duration.between(Rotation.rotated(rotation, state), journal.now()),
                    rotation.filter(one -> !one.isOver() && one.has(Mark.STUCK)).isPresent());
        }
    }

    private boolean moved(Optional<Rotation> rotation, SecretState state) {
        try {
            return move(rotation, state);
        } catch (RuntimeException failure) {
            rotation.filter(one -> !one.isOver()
                            && journal.isLongerThan(
                                    PATIENCE, one.notes().getLast().at()))
                    .ifPresent(one -> journal.write(one.token(), Mark.STUCK, String.valueOf(failure.getMessage())));
            throw failure;
        }
    }

    /** Takes one step; whether there may be another one at once. */
    private boolean move(Optional<Rotation> newest, SecretState state) {
        if (newest.isEmpty() || newest.get().isOver()) {
            return ways.beginning().look(newest, state);
        }
        Rotation rotation = newest.get();
        Mark progress = rotation.progress();
        boolean isSwitched = progress.compareTo(Mark.SWITCHED) >= 0;
        if (isSwitched && !state.isCurrent(rotation.token()) && !state.isCurrent(rotation.from())) {
            return journal.end(rotation.token(), Mark.GIVEN_UP, Wording.LEFT_BY_HAND);
        }
        if (isSwitched && progress.compareTo(Mark.UNDOING) < 0 && state.isCurrent(rotation.from())) {
            return ways.forward().undo(rotation, Wording.UNDONE_BY_HAND);
        }
        return switch (progress) {
            case BEGUN -> ways.forward().ask(rotation, state);
            case ASKED -> ways.forward().follow(rotation, state);
            case SWITCHED -> ways.forward().askForSync(rotation);
            case SYNCING -> ways.forward().followSync(rotation);
            case SYNCED -> ways.forward().followRollout(rotation);
            case ROLLED -> ways.forward().bake(rotation);
            case UNDOING -> ways.backward().promote(rotation, state);
            case BACK -> ways.backward().askForSync(rotation);
            case BACK_SYNCING -> ways.backward().followSync(rotation);
            case BACK_SYNCED -> ways.backward().followRollout(rotation);
            case BACK_ROLLED -> ways.backward().reset(rotation);
            case DROPPED, UNDONE, REFUSED, GIVEN_UP, FAILED, STUCK, WAITING, GOES_ON, MISSED, CHANGED -> false;
        };
    }
}
