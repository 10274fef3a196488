package io.reverser.bench.host;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Polls until something is so. */
public final class Await {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);

    private Await() {}

    /**
     * Waits.
     *
     * @throws BenchException with this message, when it is not so in time
     */
    public static void until(BooleanSupplier condition, Duration timeout, String timeoutMessage) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new BenchException(timeoutMessage);
            }
            try {
                Thread.sleep(POLL_INTERVAL);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchException("Interrupted while waiting");
            }
        }
    }
}
