package io.reverser.reverser.visits;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.reverser.reverser.database.DatabaseAvailability;
import jakarta.enterprise.event.Observes;

/** What an operator watches: the backlog against its bound, what was lost to the bound, and the database. */
final class VisitMetrics {

    void register(
            @Observes StartupEvent started,
            MeterRegistry registry,
            VisitBuffer buffer,
            VisitsConfig config,
            DatabaseAvailability availability) {
        Gauge.builder("reverser.visits.unsaved", buffer, VisitBuffer::addressCount)
                .description("Addresses whose visits are not stored yet")
                .baseUnit("addresses")
                .register(registry);
        Gauge.builder("reverser.visits.unsaved.limit", config, VisitsConfig::unsavedLimit)
                .description(
                        "Bound of reverser_visits_unsaved_addresses; at it, visits of further addresses are dropped")
                .baseUnit("addresses")
                .register(registry);
        FunctionCounter.builder("reverser.visits.dropped", buffer, VisitBuffer::droppedCount)
                .description("Visits that were not counted because the bound was reached")
                .register(registry);
        FunctionCounter.builder("reverser.visits.stored", buffer, VisitBuffer::storedCount)
                .description("Visits that the database has confirmed")
                .register(registry);
        Gauge.builder(
                        "reverser.database.up",
                        availability,
                        database -> database.outage().isPresent() ? 0 : 1)
                .description("1 while the database answers, else 0; the readiness report says why")
                .register(registry);
    }
}
