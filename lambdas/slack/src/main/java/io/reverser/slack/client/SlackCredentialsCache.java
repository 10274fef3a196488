package io.reverser.slack.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Caches Slack's credentials for ten minutes only, because they may be rotated. The credentials are first read when
 * they are needed, so no snapshot of the function contains them.
 */
public final class SlackCredentialsCache {

    private static final Duration CACHE_TTL = Duration.ofMinutes(10);
    /**
     * The minimum time between two reads of the secret, which limits the calls to Secrets Manager that forged requests
     * can cause.
     */
    private static final Duration MIN_REFRESH_INTERVAL = Duration.ofSeconds(30);

    private final Supplier<String> secret;
    private final InstantSource clock;
    private Optional<SlackCredentials> cached = Optional.empty();
    private Instant fetchedAt = Instant.MIN;

    /**
     * Creates an empty cache.
     *
     * @param secret reads the text of the secret
     */
    public SlackCredentialsCache(Supplier<String> secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** The credentials, read from the secret at most ten minutes ago. */
    public synchronized SlackCredentials current() {
        Instant now = clock.instant();
        boolean fresh = Duration.between(fetchedAt, now).compareTo(CACHE_TTL) < 0 && !now.isBefore(fetchedAt);
        return cached.filter(credentials -> fresh).orElseGet(() -> fetch(now));
    }

    /** Reads the credentials again, at most twice a minute, because they no longer match those of Slack. */
    public synchronized SlackCredentials refresh() {
        Instant now = clock.instant();
        boolean recentlyFetched = Duration.between(fetchedAt, now).abs().compareTo(MIN_REFRESH_INTERVAL) < 0;
        return cached.filter(credentials -> recentlyFetched).orElseGet(() -> fetch(now));
    }

    private SlackCredentials fetch(Instant now) {
        var credentials = SlackCredentials.parse(secret.get());
        cached = Optional.of(credentials);
        fetchedAt = now;
        return credentials;
    }
}
