package io.reverser.reverser.visits;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;

/** What an operator watches: the backlog against its bound, what was lost to the bound, and the database. */
final class VisitMetrics {

    void register(
            @Observes StartupEvent started,
            MeterRegistry registry,
            UnsavedVisits unsaved,
            VisitsConfig config,
            DatabaseContact contact) {
        Gauge.builder("reverser.visits.unsaved", unsaved, UnsavedVisits::addresses)
                .description("Addresses whose visits are not stored yet")
                .baseUnit("addresses")
                .register(registry);
        Gauge.builder("reverser.visits.unsaved.limit", config, VisitsConfig::unsavedLimit)
                .description(
                        "Bound of reverser_visits_unsaved_addresses; at it, visits of further addresses are dropped")
                .baseUnit("addresses")
                .register(registry);
        FunctionCounter.builder("reverser.visits.dropped", unsaved, UnsavedVisits::dropped)
                .description("Visits that were not counted because the bound was reached")
                .register(registry);
        FunctionCounter.builder("reverser.visits.stored", unsaved, UnsavedVisits::stored)
                .description("Visits that the database has confirmed")
                .register(registry);
        Gauge.builder("reverser.database.up", contact, c -> c.outage().isPresent() ? 0 : 1)
                .description("1 while the database answers, else 0; the readiness report says why")
                .register(registry);
    }
}
