package io.reverser.reverser.visits;

import java.time.Duration;

/** Settings for visits with the limits that a test chooses, and with the default durations. */
record TestVisitsConfig(int unsavedLimit, int batchSize) implements VisitsConfig {

    @Override
    public Duration flushEvery() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration writeTimeout() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration readTimeout() {
        return Duration.ofMillis(300);
    }

    @Override
    public Duration maxRetryDelay() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration shutdownFlushTimeout() {
        return Duration.ofSeconds(8);
    }

    @Override
    public Duration retention() {
        return Duration.ofDays(90);
    }
}
