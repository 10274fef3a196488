package io.reverser.runner.process;

import java.time.Duration;

/** The pause between two polls of a condition. */
public final class PollInterval {

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private PollInterval() {}

    /**
     * Sleeps for one poll interval.
     *
     * @param awaited what the caller waits for, for the error message
     * @throws SandboxException when the thread is interrupted
     */
    public static void sleep(String awaited) {
        try {
            Thread.sleep(INTERVAL);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted before " + awaited, interrupted);
        }
    }
}
