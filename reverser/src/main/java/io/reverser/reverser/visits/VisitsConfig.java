package io.reverser.reverser.visits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings for counting and storing visits. */
@ConfigMapping(prefix = "reverser.visits")
public interface VisitsConfig {

    /** How long visits aggregate in memory; a killed process loses at most the visits of this time. */
    @WithDefault("1s")
    Duration flushEvery();

    /**
     * The maximum number of addresses in memory, at 200 to 400 bytes each; above this number, visits of further
     * addresses are dropped.
     */
    @WithDefault("100000")
    int unsavedLimit();

    /** The maximum number of addresses in each transaction. */
    @WithDefault("1000")
    int batchSize();

    /** The timeout of one write, after which the database counts as unavailable. */
    @WithDefault("5s")
    Duration writeTimeout();

    /** How long a response waits for the caller's visits before it reports them as unknown. */
    @WithDefault("1s")
    Duration readTimeout();

    /** The maximum delay between two attempts to store visits while the database is unavailable. */
    @WithDefault("10s")
    Duration maxRetryDelay();

    /** How long a stopping process tries to store the remaining visits. */
    @WithDefault("8s")
    Duration shutdownFlushTimeout();

    /** How long the visits of a caller are stored after its last visit. */
    @WithDefault("90d")
    Duration retention();
}
