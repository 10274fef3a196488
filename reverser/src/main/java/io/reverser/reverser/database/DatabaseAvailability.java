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

/** Whether the database answers, as far as the last attempt showed. */
@Singleton
public class DatabaseAvailability {

    /**
     * A time without the database.
     *
     * @param since when it was first missed
     * @param reason one line, without any secret
     */
    public record Outage(Instant since, String reason) {}

    private static final Logger LOG = Logger.getLogger(DatabaseAvailability.class);

    private final InstantSource clock;
    private volatile @Nullable Outage outage;

    DatabaseAvailability(InstantSource clock) {
        this.clock = clock;
        this.outage = new Outage(clock.instant(), "not reached yet");
    }

    public Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }

    public void markUp() {
        Outage ended = outage;
        if (ended != null) {
            outage = null;
            LOG.infof(
                    "The database answers, after %d s",
                    Duration.between(ended.since, clock.instant()).toSeconds());
        }
    }

    public void markDown(Throwable failure) {
        Outage current = outage;
        String reason = reason(failure);
        if (current == null || !current.reason.equals(reason)) {
            outage = new Outage(current == null ? clock.instant() : current.since, reason);
            LOG.warnf("The database is away: %s", reason);
        }
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case MySQLException error -> error.getMessage() + " (MySQL error " + error.getErrorCode() + ")";
            case TimeoutException _ -> "no answer in time";
            case CompletionException wrapper when wrapper.getCause() != null -> reason(wrapper.getCause());
            default ->
                Objects.requireNonNullElse(
                        failure.getMessage(), failure.getClass().getSimpleName());
        };
    }
}
