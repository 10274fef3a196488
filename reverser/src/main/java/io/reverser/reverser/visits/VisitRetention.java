package io.reverser.reverser.visits;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Deletes the visits of callers that have not returned within the retention. Once an hour, each pod reads the whole
 * table, in small steps between two flushes, so that no step delays a flush for long.
 */
@Singleton
public class VisitRetention {

    private static final Logger LOG = Logger.getLogger(VisitRetention.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final VisitStore store;
    private final VisitsConfig config;
    private final InstantSource clock;
    private Buffer position = Buffer.buffer();
    private Instant nextStep = Instant.MIN;

    VisitRetention(VisitStore store, VisitsConfig config, InstantSource clock) {
        if (!config.retention().isPositive()) {
            throw new IllegalArgumentException("reverser.visits.retention must be longer than 0");
        }
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /** Deletes the expired visits in the next part of the table. */
    Uni<Void> step() {
        Instant now = clock.instant();
        if (now.isBefore(nextStep)) {
            return Uni.createFrom().voidItem();
        }
        if (position.length() == 0) {
            reconcileTotals();
        }
        return store.deleteExpired(position, now.minus(config.retention()))
                .invoke(next -> {
                    position = next.orElseGet(Buffer::buffer);
                    if (next.isEmpty()) {
                        nextStep = now.plus(PAUSE);
                    }
                })
                .replaceWithVoid();
    }

    /** Does not delay the step, because it reads the whole table. */
    private void reconcileTotals() {
        store.reconcileTotals()
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("The totals were not corrected: %s", failure.getMessage()));
    }
}
