package io.reverser.reverser.database;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.mysqlclient.MySQLException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether the database was available at the latest attempt to use it. */
@Singleton
public class DatabaseAvailability {

    /**
     * A database outage.
     *
     * @param since the time of the first failed attempt
     * @param reason the reason for the outage in one line, without secrets
     */
    public record Outage(Instant since, String reason) {}

    private static final Logger LOG = Logger.getLogger(DatabaseAvailability.class);

    private final InstantSource clock;
    private volatile @Nullable Outage outage;

    DatabaseAvailability(InstantSource clock) {
        this.clock = clock;
        this.outage = new Outage(clock.instant(), "no connection yet");
    }

    public Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }

    public void markUp() {
        Outage ended = outage;
        if (ended != null) {
            outage = null;
            LOG.infof(
                    "The database is available again, after %d s",
                    Duration.between(ended.since, clock.instant()).toSeconds());
        }
    }

    public void markDown(Throwable failure) {
        Outage current = outage;
        String reason = reason(failure);
        if (current == null || !current.reason.equals(reason)) {
            outage = new Outage(current == null ? clock.instant() : current.since, reason);
            LOG.warnf("The database is unavailable: %s", reason);
        }
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case MySQLException error -> error.getMessage() + " (MySQL error " + error.getErrorCode() + ")";
            case TimeoutException _ -> "timeout";
            case CompletionException wrapper when wrapper.getCause() != null -> reason(wrapper.getCause());
            default ->
                Objects.requireNonNullElse(
                        failure.getMessage(), failure.getClass().getSimpleName());
        };
    }
}
