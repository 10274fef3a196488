package io.reverser.reverser.visits;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/** A cache for the stored totals, because computing the totals scans the whole table of visits. */
@Singleton
public class TotalsCache {

    private final VisitsConfig config;
    private final InstantSource clock;
    private final Uni<Totals> cached;
    private Instant validUntil = Instant.MIN;

    TotalsCache(VisitStore store, VisitsConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.cached = Uni.createFrom()
                .deferred(store::totals)
                .ifNoItem()
                .after(config.writeTimeout())
                .fail()
                .onFailure()
                .invoke(this::invalidate)
                .memoize()
                .until(this::isExpired);
    }

    /**
     * Totals that are at most as old as the setting {@code totals-cache-ttl} allows. The Uni fails if the database is
     * unavailable.
     */
    public Uni<Totals> totals() {
        return cached;
    }

    private synchronized boolean isExpired() {
        Instant now = clock.instant();
        if (now.isBefore(validUntil)) {
            return false;
        }
        validUntil = now.plus(config.totalsCacheTtl());
        return true;
    }

    private synchronized void invalidate() {
        validUntil = Instant.MIN;
    }
}
