package io.reverser.reverser.visits;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/** The totals of what is stored, remembered for a while, because each look at the database reads the whole table. */
@Singleton
public class StoredTotals {

    private final VisitsConfig config;
    private final InstantSource clock;
    private final Uni<Totals> remembered;
    private Instant validUntil = Instant.MIN;

    StoredTotals(VisitStore store, VisitsConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.remembered = Uni.createFrom()
                .deferred(store::totals)
                .ifNoItem()
                .after(config.writeTimeout())
                .fail()
                .onFailure()
                .invoke(this::forget)
                .memoize()
                .until(this::outdated);
    }

    /** Totals at most {@code totals-every} old. Fails when the database is away. */
    public Uni<Totals> totals() {
        return remembered;
    }

    private synchronized boolean outdated() {
        Instant now = clock.instant();
        if (now.isBefore(validUntil)) {
            return false;
        }
        validUntil = now.plus(config.totalsEvery());
        return true;
    }

    private synchronized void forget() {
        validUntil = Instant.MIN;
    }
}
