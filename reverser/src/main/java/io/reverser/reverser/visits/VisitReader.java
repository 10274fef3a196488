package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.database.DatabaseAvailability;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads the visits of an address: the stored and the pending ones. */
@Singleton
public class VisitReader {

    private static final Logger LOG = Logger.getLogger(VisitReader.class);
    private static final Duration IN_FLIGHT_RETRY_DELAY = Duration.ofMillis(20);

    private final VisitBuffer buffer;
    private final VisitStore store;
    private final DatabaseAvailability availability;
    private final VisitsConfig config;

    VisitReader(VisitBuffer buffer, VisitStore store, DatabaseAvailability availability, VisitsConfig config) {
        this.buffer = buffer;
        this.store = store;
        this.availability = availability;
        this.config = config;
    }

    /**
     * The visits of one address, including the current visit.
     *
     * @return empty if there are none, or if they are unknown because the database is unavailable or slower than the
     *     setting {@code read-timeout} allows. Never fails
     */
    public Uni<Optional<CallerVisits>> find(IpAddress address) {
        if (availability.outage().isPresent()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.createFrom()
                .deferred(() -> lookUp(address))
                .repeat()
                .withDelay(IN_FLIGHT_RETRY_DELAY)
                .indefinitely()
                .filter(VisitLookup.Known.class::isInstance)
                .toUni()
                .map(lookup -> ((VisitLookup.Known) lookup).visits())
                .ifNoItem()
                .after(config.readTimeout())
                .recoverWithItem(Optional.empty())
                .onFailure()
                .invoke(failure -> LOG.debugf("Visits unknown: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    /** The totals of the stored visits. The Uni fails if the database is unavailable. */
    public Uni<Totals> totals() {
        return store.totals().ifNoItem().after(config.readTimeout()).fail();
    }

    private Uni<VisitLookup> lookUp(IpAddress address) {
        long generation = buffer.generation();
        return store.find(address).map(stored -> buffer.merge(address, stored, generation));
    }
}
