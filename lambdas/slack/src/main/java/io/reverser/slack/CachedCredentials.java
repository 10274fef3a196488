package io.reverser.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Slack's credentials, read when they are first needed and again from time to time, because they may be replaced. They
 * are never read before somebody asks, so they are in no snapshot of the function.
 */
public final class CachedCredentials {

    private static final Duration FRESH = Duration.ofMinutes(10);
    /** Whoever sends forged requests must not make us ask Secrets Manager each time. */
    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(30);

    private final Supplier<String> secret;
    private final InstantSource clock;
    private Optional<SlackCredentials> cached = Optional.empty();
    private Instant read = Instant.MIN;

    /**
     * Nothing is read yet.
     *
     * @param secret reads the secret's text
     */
    public CachedCredentials(Supplier<String> secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** The credentials, at most ten minutes old. */
    public synchronized SlackCredentials current() {
        Instant now = clock.instant();
        boolean fresh = Duration.between(read, now).compareTo(FRESH) < 0 && !now.isBefore(read);
        return cached.filter(credentials -> fresh).orElseGet(() -> readAt(now));
    }

    /** Reads them again because they were refused; not more often than every half minute. */
    public synchronized SlackCredentials renewed() {
        Instant now = clock.instant();
        boolean justRead = Duration.between(read, now).abs().compareTo(BETWEEN_RENEWALS) < 0;
        return cached.filter(credentials -> justRead).orElseGet(() -> readAt(now));
    }

    private SlackCredentials readAt(Instant now) {
        var credentials = SlackCredentials.of(secret.get());
        cached = Optional.of(credentials);
        read = now;
        return credentials;
    }
}
