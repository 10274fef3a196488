package io.reverser.reverser.visits;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Carries unsaved visits to the store, in a thread of its own, from start to the end of the process. */
@Singleton
public class VisitWriter {

    private static final Logger LOG = Logger.getLogger(VisitWriter.class);

    private final UnsavedVisits unsaved;
    private final VisitStore store;
    private final DatabaseContact contact;
    private final VisitsConfig config;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("visit-writer").daemon().unstarted(this::run);
    private boolean schemaReady;

    VisitWriter(UnsavedVisits unsaved, VisitStore store, DatabaseContact contact, VisitsConfig config) {
        this.unsaved = unsaved;
        this.store = store;
        this.contact = contact;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        thread.start();
    }

    /** Runs after the last request was answered and before the connection pool closes. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        thread.join(config.lastFlush().plus(config.writeTimeout()));
        if (unsaved.addresses() > 0) {
            LOG.errorf(
                    "Stopped with the visits of %d addresses not stored: %s",
                    unsaved.addresses(),
                    contact.outage().map(DatabaseContact.Outage::reason).orElse("out of time"));
        }
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = storeWaiting() ? config.flushEvery() : longer(pause);
            }
            long deadline = System.nanoTime() + config.lastFlush().toNanos();
            while (unsaved.addresses() > 0 && System.nanoTime() < deadline) {
                if (!storeWaiting()) {
                    Thread.sleep(config.flushEvery());
                }
            }
        } catch (InterruptedException stopNow) {
            Thread.currentThread().interrupt();
        }
    }

    /** One round: everything that waits now, or a sign of life. */
    private boolean storeWaiting() {
        try {
            if (!schemaReady) {
                await(store.createSchema());
                schemaReady = true;
            }
            unsaved.seal();
            if (unsaved.next().isEmpty()) {
                await(store.ping());
            }
            for (Optional<Batch> batch = unsaved.next(); batch.isPresent(); batch = unsaved.next()) {
                await(store.save(batch.get()));
                unsaved.confirm(batch.get());
            }
            contact.answered();
            return true;
        } catch (RuntimeException failure) {
            schemaReady = false;
            contact.failed(failure);
            return false;
        }
    }

    private void await(Uni<Void> answer) {
        answer.await().atMost(config.writeTimeout());
    }

    /** Doubles the pause up to its limit, and varies it so that pods do not return to the database in step. */
    private Duration longer(Duration pause) {
        long next = Math.clamp(
                pause.toMillis() * 2,
                config.flushEvery().toMillis(),
                config.retryAtMost().toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(next / 2, next + 1));
    }
}
