package io.reverser.bench.soak.run;

import io.reverser.bench.reconciliation.GrantReconciliation.Sweep;
import io.reverser.bench.soak.environment.SoakEnvironment;
import io.reverser.simulators.aws.lambda.FunctionFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the sweep, which revokes expired access, every five minutes by the sandbox's clock, as the deployed schedule
 * does.
 */
public final class SweepSchedule {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final SoakEnvironment environment;
    private final FaultController faultController;
    private final List<Sweep> sweeps = new ArrayList<>();
    private Instant nextSweep;

    public SweepSchedule(SoakEnvironment environment, FaultController faultController) {
        this.environment = environment;
        this.faultController = faultController;
        this.nextSweep = environment.now().simulated().plus(INTERVAL);
    }

    /** When the next sweep is due, by the sandbox's clock. */
    synchronized Instant nextSweep() {
        return nextSweep;
    }

    /** Runs a sweep if one is due, and waits until the sweep has ended. */
    synchronized void sweepIfDue() {
        Instant now = environment.now().simulated();
        if (now.isBefore(nextSweep)) {
            return;
        }
        nextSweep = now.plus(INTERVAL);
        long faultsBefore = faultController.startedCount();
        boolean succeeded = sweep();
        boolean isUndisturbed =
                succeeded && !faultController.hasActiveFaults() && faultController.startedCount() == faultsBefore;
        sweeps.add(new Sweep(now, environment.now().simulated(), isUndisturbed));
    }

    /** All sweeps that have run, oldest first. */
    public synchronized List<Sweep> sweeps() {
        return List.copyOf(sweeps);
    }

    private boolean sweep() {
        try {
            environment.access().sweep();
            return true;
        } catch (FunctionFailed failed) {
            // Like EventBridge Scheduler, ignores the failure: the next sweep follows in five minutes.
            return false;
        }
    }
}
