package io.reverser.runner;

import java.time.Duration;

/** Between two looks at something that somebody waits for. */
final class Pause {

    private static final Duration BRIEF = Duration.ofMillis(50);

    private Pause() {}

    /**
     * Waits.
     *
     * @param until what is waited for, for the message
     * @throws SandboxFailure when it is interrupted
     */
    static void briefly(String until) {
        try {
            Thread.sleep(BRIEF);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("Interrupted before " + until, interrupted);
        }
    }
}
