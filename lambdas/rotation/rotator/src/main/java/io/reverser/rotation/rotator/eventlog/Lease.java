package io.reverser.rotation.rotator.eventlog;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** Allows one reconciliation at a time. A lease that a crashed invocation did not release expires. */
public final class Lease {

    /** Longer than any invocation. */
    private static final Duration LEASE_TTL = Duration.ofSeconds(90);
    /** An expiry further away than this was written with a wrong clock. */
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
