package io.reverser.reverser.visits;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.reverser.reverser.database.DatabaseAvailability;
import jakarta.enterprise.event.Observes;

/**
 * Metrics for operators: the number of buffered addresses and its limit, the numbers of dropped and stored visits, and
 * the database's availability.
 */
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
                        "Maximum of reverser_visits_unsaved_addresses, above which visits of further addresses are dropped")
                .baseUnit("addresses")
                .register(registry);
        FunctionCounter.builder("reverser.visits.dropped", buffer, VisitBuffer::droppedCount)
                .description("Visits that were dropped because the maximum was reached")
                .register(registry);
        FunctionCounter.builder("reverser.visits.stored", buffer, VisitBuffer::storedCount)
                .description("Visits that were stored in the database")
                .register(registry);
        Gauge.builder(
                        "reverser.database.up",
                        availability,
                        database -> database.outage().isPresent() ? 0 : 1)
                .description("1 if the database is available, otherwise 0; the readiness report has the reason")
                .register(registry);
    }
}
