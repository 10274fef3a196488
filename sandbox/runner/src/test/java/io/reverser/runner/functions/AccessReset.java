package io.reverser.runner.functions;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Resets the sandbox of cluster access between tests, so that tests can share it. */
public final class AccessReset {

    private static final Duration QUIET_TIME = Duration.ofMillis(300);

    private AccessReset() {}

    /**
     * Moves the clock forward by a day, so that all access and all requests expire; then clears Slack and the
     * scheduler.
     */
    public static void reset(AccessSandbox sandbox) {
        sandbox.aws().faults().clear();
        sandbox.aws().clock().move(Duration.ofDays(1));
        sandbox.sweep();
        await().during(QUIET_TIME).until(sandbox::isIdle);
        sandbox.aws().scheduler().deleteAll();
        sandbox.workspace().clear();
    }
}
