package io.reverser.bench.host;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Polls until a condition holds. */
public final class Await {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);

    private Await() {}

    /**
     * Waits until the condition holds.
     *
     * @throws BenchException with the given message, when the condition does not hold before the timeout
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
