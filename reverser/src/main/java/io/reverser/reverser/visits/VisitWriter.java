package io.reverser.reverser.visits;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.reverser.reverser.database.DatabaseAvailability;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Writes pending visits to the store, in a separate thread, for the lifetime of the process. */
@Singleton
public class VisitWriter {

    private static final Logger LOG = Logger.getLogger(VisitWriter.class);

    private final VisitBuffer buffer;
    private final VisitStore store;
    private final VisitRetention retention;
    private final DatabaseAvailability availability;
    private final VisitsConfig config;
    private final Timer flushes;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("visit-writer").daemon().unstarted(this::run);
    private boolean schemaReady;

    VisitWriter(
            VisitBuffer buffer,
            VisitStore store,
            VisitRetention retention,
            DatabaseAvailability availability,
            VisitsConfig config,
            MeterRegistry registry) {
        this.buffer = buffer;
        this.store = store;
        this.retention = retention;
        this.availability = availability;
        this.config = config;
        this.flushes = Timer.builder("reverser.visits.flush")
                .description("Time to store all pending visits")
                .register(registry);
    }

    void start(@Observes StartupEvent started) {
        thread.start();
    }

    /** Stores the remaining visits, after the last response and before the connection pool closes. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        thread.join(config.shutdownFlushTimeout().plus(config.writeTimeout()));
        if (buffer.addressCount() > 0) {
            LOG.errorf(
                    "Stopped before the visits of %d addresses were stored: %s",
                    buffer.addressCount(),
                    availability
                            .outage()
                            .map(DatabaseAvailability.Outage::reason)
                            .orElse("timeout"));
        }
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = flush() ? config.flushEvery() : backOff(pause);
            }
            long deadline = System.nanoTime() + config.shutdownFlushTimeout().toNanos();
            while (buffer.addressCount() > 0 && System.nanoTime() < deadline) {
                if (!flush()) {
                    Thread.sleep(config.flushEvery());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stores all pending visits, or pings the database if there are none; returns whether the database responded. */
    private boolean flush() {
        try {
            if (!schemaReady) {
                await(store.createSchema());
                schemaReady = true;
            }
            buffer.rollBatches();
            storeBatches();
            await(retention.step());
            availability.markUp();
            return true;
        } catch (RuntimeException failure) {
            schemaReady = false;
            availability.markDown(failure);
            return false;
        }
    }

    private void storeBatches() {
        if (buffer.nextBatch().isEmpty()) {
            await(store.ping());
            return;
        }
        long start = System.nanoTime();
        for (Optional<Batch> batch = buffer.nextBatch(); batch.isPresent(); batch = buffer.nextBatch()) {
            await(store.save(batch.get()));
            buffer.confirm(batch.get());
        }
        flushes.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private void await(Uni<Void> operation) {
        operation.await().atMost(config.writeTimeout());
    }

    /** Exponential back-off with jitter, so that pods do not reconnect at the same time. */
    private Duration backOff(Duration pause) {
        long next = Math.clamp(
                pause.toMillis() * 2,
                config.flushEvery().toMillis(),
                config.maxRetryDelay().toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(next / 2, next + 1));
    }
}
