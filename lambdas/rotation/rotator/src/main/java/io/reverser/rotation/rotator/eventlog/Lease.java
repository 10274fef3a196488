package io.reverser.rotation.rotator.eventlog;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** One reconciliation at a time, however often the schedule calls. A lease that is not released expires. */
public final class Lease {

    /** Longer than any invocation. */
    private static final Duration LEASE_TTL = Duration.ofSeconds(90);
    /** Whatever is further away than this was written by a clock that was wrong. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);

    private final RotationLogTable table;
    private final String environment;
    private final InstantSource clock;

    public Lease(RotationLogTable table, String environment, InstantSource clock) {
        this.table = table;
        this.environment = environment;
        this.clock = clock;
    }

    /** Runs an action, unless another invocation holds the lease. */
    public void runIfAcquired(Runnable action) {
        String holder = UUID.randomUUID().toString();
        if (table.acquireLease(environment, holder, clock.instant(), LEASE_TTL, MAX_CLOCK_SKEW)) {
            try {
                action.run();
            } finally {
                table.releaseLease(environment, holder);
            }
        }
    }
}
