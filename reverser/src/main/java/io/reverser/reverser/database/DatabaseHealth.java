package io.reverser.reverser.database;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check of the database. It reports the database's state but stays up during an outage: a pod that cannot
 * count visits still shows addresses, and taking every pod out of service would turn a database outage into an outage
 * of the whole app.
 */
@Readiness
@Singleton
class DatabaseHealth implements HealthCheck {

    private final DatabaseAvailability availability;

    DatabaseHealth(DatabaseAvailability availability) {
        this.availability = availability;
    }

    @Override
    public HealthCheckResponse call() {
        var report = HealthCheckResponse.named("database").up();
        availability
                .outage()
                .ifPresentOrElse(
                        outage -> report.withData("state", "unavailable")
                                .withData("since", outage.since().toString())
                                .withData("reason", outage.reason()),
                        () -> report.withData("state", "available"));
        return report.build();
    }
}
