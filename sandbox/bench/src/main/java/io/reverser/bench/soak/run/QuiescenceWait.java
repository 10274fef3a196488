package io.reverser.bench.soak.run;

import io.reverser.bench.soak.environment.AccessTableReader;
import io.reverser.bench.soak.environment.RotationTableReader;
import io.reverser.bench.soak.environment.SoakEnvironment;
import java.time.Duration;
import java.util.Optional;

/** Waits until the platform has finished all work that a day of the soak caused. */
final class QuiescenceWait {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration CLOCK_STEP = Duration.ofSeconds(3);
    private static final long POLL_INTERVAL_MS = 200;

    private final SoakEnvironment environment;
    private final AccessTableReader access;
    private final RotationTableReader rotations;

    QuiescenceWait(SoakEnvironment environment) {
        this.environment = environment;
        this.access = new AccessTableReader(
                environment.newAwsClient(), environment.aws().clock());
        this.rotations = new RotationTableReader(environment.newAwsClient());
    }

    /**
     * Waits until all work is finished. While the functions are idle and all pods are ready, this advances the
     * sandbox's clock, because some work only becomes due later.
     *
     * @param requiredRotations how many rotations must have finished
     * @throws ScenarioTimeoutException when some work does not finish before the timeout
     */
    void await(int requiredRotations) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        for (Optional<String> pending = pendingWork(requiredRotations);
                pending.isPresent();
                pending = pendingWork(requiredRotations)) {
            if (System.nanoTime() > deadline) {
                throw new ScenarioTimeoutException(
                        "%d minutes after the last fault, %s".formatted(TIMEOUT.toMinutes(), pending.get()));
            }
            Thread.sleep(POLL_INTERVAL_MS);
            if (environment.alarms().isIdle()
                    && environment.access().isIdle()
                    && environment.rotation().isRolledOut()) {
                environment.advanceClock(CLOCK_STEP);
            }
        }
    }

    private Optional<String> pendingWork(int requiredRotations) {
        if (!environment.rotation().isRolledOut()) {
            return Optional.of("not all pods are ready");
        }
        int alarms = environment.alarms().queue().size();
        if (alarms > 0) {
            return Optional.of("%d state changes of alarms are waiting in the queue".formatted(alarms));
        }
        int work = environment.access().backends().pendingWork();
        if (work > 0) {
            return Optional.of(
                    "%d graphs, refreshes and clicks on alarm messages are waiting in the queue".formatted(work));
        }
        return access.findUnfinished().or(() -> pendingRotation(requiredRotations));
    }

    private Optional<String> pendingRotation(int required) {
        var begun = rotations.readRotations();
        return begun.size() < required
                ? Optional.of("%d of %d rotations have started".formatted(begun.size(), required))
                : begun.stream()
                        .filter(rotation -> rotation.finalStage().isEmpty())
                        .map(rotation -> "the rotation %s has not finished".formatted(rotation.token()))
                        .findFirst();
    }
}
