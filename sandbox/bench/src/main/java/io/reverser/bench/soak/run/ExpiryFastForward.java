package io.reverser.bench.soak.run;

import io.reverser.bench.reconciliation.DualTimestamp;
import io.reverser.bench.soak.environment.SoakEnvironment;
import io.reverser.bench.soak.scenario.InjectedFault;
import io.reverser.bench.soak.scenario.SoakScenario.Timed;
import io.reverser.simulators.aws.scheduler.Scheduler.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Advances the sandbox's clock until all access has expired. Each step ends at the next due schedule or sweep, but
 * after at most a minute, so that no schedule or sweep runs late.
 */
final class ExpiryFastForward {

    private static final Duration MAX_STEP = Duration.ofMinutes(1);
    private static final Duration MAX_DURATION = Duration.ofHours(3);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(4);
    private static final long POLL_INTERVAL_MS = 10;

    private final SoakEnvironment environment;
    private final FaultController faultController;
    private final SweepSchedule sweepSchedule;

    ExpiryFastForward(SoakEnvironment environment, FaultController faultController, SweepSchedule sweepSchedule) {
        this.environment = environment;
        this.faultController = faultController;
        this.sweepSchedule = sweepSchedule;
    }

    /**
     * Advances the sandbox's clock, and injects the given faults at their times by this clock.
     *
     * @throws ScenarioTimeoutException when some access does not end
     */
    void run(List<Timed<InjectedFault>> faults) throws InterruptedException {
        Instant begun = environment.now().simulated();
        var pending = new ArrayList<>(faults);
        Map<InjectedFault, DualTimestamp> active = new HashMap<>();
        try {
            while (!active.isEmpty() || hasActiveGrants()) {
                if (environment.now().simulated().isAfter(begun.plus(MAX_DURATION))) {
                    throw new ScenarioTimeoutException(
                            "There is still an access entry after " + MAX_DURATION.toHours() + " hours");
                }
                updateFaults(pending, active, begun);
                advance();
            }
        } finally {
            active.forEach(faultController::stop);
        }
    }

    /**
     * Reads the access entries of the simulated cluster, because calls to the request table may fail while a fault is
     * active.
     */
    private boolean hasActiveGrants() {
        return environment.aws().eks().entries().stream()
                .anyMatch(entry -> entry.tags().containsKey("cluster-access:request-id"));
    }

    private void updateFaults(
            List<Timed<InjectedFault>> pending, Map<InjectedFault, DualTimestamp> active, Instant begun)
            throws InterruptedException {
        Instant now = environment.now().simulated();
        for (InjectedFault injectedFault : List.copyOf(active.keySet())) {
            DualTimestamp from = active.get(injectedFault);
            if (from != null && !now.isBefore(from.simulated().plus(injectedFault.duration()))) {
                active.remove(injectedFault);
                faultController.stop(injectedFault, from);
            }
        }
        for (Timed<InjectedFault> next : List.copyOf(pending)) {
            if (!now.isBefore(begun.plus(next.at()))) {
                pending.remove(next);
                active.put(next.value(), faultController.start(next.value()));
            }
        }
    }

    private void advance() throws InterruptedException {
        Instant now = environment.now().simulated();
        Instant next = Stream.concat(
                        Stream.of(now.plus(MAX_STEP), sweepSchedule.nextSweep()),
                        environment.aws().scheduler().schedules().stream().map(Schedule::nextFire))
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElseThrow();
        environment.advanceClock(Duration.between(now, next).plusMillis(1));
        sweepSchedule.sweepIfDue();
        long deadline = System.nanoTime() + IDLE_TIMEOUT.toNanos();
        do {
            Thread.sleep(POLL_INTERVAL_MS);
        } while (!environment.access().isIdle() && System.nanoTime() < deadline);
    }
}
