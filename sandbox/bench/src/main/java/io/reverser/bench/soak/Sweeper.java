package io.reverser.bench.soak;

import io.reverser.bench.account.GrantBook.Sweep;
import io.reverser.simulators.lambda.FunctionFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The schedule that has access looked after every five minutes by the sandbox's clock. */
final class Sweeper {

    private static final Duration EVERY = Duration.ofMinutes(5);

    private final Stage stage;
    private final Breakage breakage;
    private final List<Sweep> sweeps = new ArrayList<>();
    private Instant next;

    Sweeper(Stage stage, Breakage breakage) {
        this.stage = stage;
        this.breakage = breakage;
        this.next = stage.now().simulated().plus(EVERY);
    }

    /** When it is to be looked next. */
    synchronized Instant next() {
        return next;
    }

    /** Looks if it is time, and waits until that is done. */
    synchronized void lookIfDue() {
        Instant now = stage.now().simulated();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        long troubles = breakage.count();
        boolean isAnswered = isAnswered();
        boolean isGood = isAnswered && !breakage.isGoingOn() && breakage.count() == troubles;
        sweeps.add(new Sweep(now, stage.now().simulated(), isGood));
    }

    /** All so far, oldest first. */
    synchronized List<Sweep> sweeps() {
        return List.copyOf(sweeps);
    }

    private boolean isAnswered() {
        try {
            stage.access().sweep();
            return true;
        } catch (FunctionFailed failed) {
            // As with the schedule: the next one comes anyway.
            return false;
        }
    }
}
