package io.reverser.reverser.visits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How visits are counted and stored. */
@ConfigMapping(prefix = "reverser.visits")
public interface VisitsConfig {

    /** How long visits add up in memory; what a killed process can lose. */
    @WithDefault("1s")
    Duration flushEvery();

    /** How many addresses wait for the database at most, at about 200 bytes each; past it visits are dropped. */
    @WithDefault("100000")
    int unsavedLimit();

    /** How many addresses go to the database in one transaction. */
    @WithDefault("1000")
    int batchSize();

    /** How long one write may take before the database counts as away. */
    @WithDefault("5s")
    Duration writeTimeout();

    /** How long a page waits for its visits before it says that they are unknown. */
    @WithDefault("1s")
    Duration readTimeout();

    /** The longest pause between two attempts while the database is away. */
    @WithDefault("10s")
    Duration maxRetryDelay();

    /** How long a stopping process tries to store what it has. */
    @WithDefault("8s")
    Duration shutdownFlushTimeout();

    /** How long the totals are remembered; each new look reads the whole table. */
    @WithDefault("10s")
    Duration totalsCacheTtl();
}
