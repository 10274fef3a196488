package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes the visits of an address: the pending and the stored ones. */
@Singleton
public class VisitDeletion {

    private static final Duration IN_FLIGHT_RETRY_DELAY = Duration.ofMillis(20);

    private final VisitBuffer buffer;
    private final VisitStore store;
    private final VisitsConfig config;

    VisitDeletion(VisitBuffer buffer, VisitStore store, VisitsConfig config) {
        this.buffer = buffer;
        this.store = store;
        this.config = config;
    }

    /**
     * Deletes all visits of an address, except those that it shares with its network, and those that other pods have
     * not stored yet. The Uni fails if the database is unavailable.
     */
    public Uni<Void> delete(IpAddress address) {
        return Uni.createFrom()
                .item(() -> buffer.discard(address))
                .repeat()
                .withDelay(IN_FLIGHT_RETRY_DELAY)
                .indefinitely()
                .filter(discarded -> discarded)
                .toUni()
                .chain(() -> store.delete(address))
                .ifNoItem()
                .after(config.readTimeout())
                .fail();
    }
}
