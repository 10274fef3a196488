package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tells what was counted: what is stored and what is still on its way. */
@Singleton
public class VisitReader {

    private static final Logger LOG = Logger.getLogger(VisitReader.class);
    private static final Duration WHILE_MOVING = Duration.ofMillis(20);

    private final UnsavedVisits unsaved;
    private final VisitStore store;
    private final DatabaseContact contact;
    private final VisitsConfig config;

    VisitReader(UnsavedVisits unsaved, VisitStore store, DatabaseContact contact, VisitsConfig config) {
        this.unsaved = unsaved;
        this.store = store;
        this.contact = contact;
        this.config = config;
    }

    /**
     * The visits of one address, the latest included.
     *
     * @return empty when there are none or they are unknown, because the database is away or slower than
     *     {@code read-timeout}. Never fails
     */
    public Uni<Optional<Visits>> of(IpAddress address) {
        if (contact.outage().isPresent()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.createFrom()
                .deferred(() -> read(address))
                .repeat()
                .withDelay(WHILE_MOVING)
                .indefinitely()
                .filter(Count.Known.class::isInstance)
                .toUni()
                .map(count -> ((Count.Known) count).visits())
                .ifNoItem()
                .after(config.readTimeout())
                .recoverWithItem(Optional.empty())
                .onFailure()
                .invoke(failure -> LOG.debugf("Visits unknown: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private Uni<Count> read(IpAddress address) {
        long generation = unsaved.generation();
        return store.find(address).map(stored -> unsaved.complete(address, stored, generation));
    }
}
