package io.reverser.runner.functions;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Makes a sandbox of cluster access as good as new, so that tests can share one. */
public final class AccessReset {

    private static final Duration QUIET_TIME = Duration.ofMillis(300);

    private AccessReset() {}

    /** A day passes: all access ends, every request expires. Then Slack and the scheduler forget. */
    public static void reset(AccessSandbox sandbox) {
        sandbox.aws().faults().clear();
        sandbox.aws().clock().move(Duration.ofDays(1));
        sandbox.sweep();
        await().during(QUIET_TIME).until(sandbox::isIdle);
        sandbox.aws().scheduler().deleteAll();
        sandbox.workspace().clear();
    }
}
