package io.reverser.runner.process;

import java.time.Duration;

/** The time between two polls of something that is waited for. */
public final class PollInterval {

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private PollInterval() {}

    /**
     * Waits.
     *
     * @param awaited what is waited for, for the message
     * @throws SandboxException when it is interrupted
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
