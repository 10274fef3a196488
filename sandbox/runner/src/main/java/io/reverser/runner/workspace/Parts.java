package io.reverser.runner.workspace;

import io.reverser.runner.AccessSandbox;
import io.reverser.runner.AlarmsSandbox;
import io.reverser.runner.RotationSandbox;
import io.reverser.runner.Traffic;
import java.util.Optional;

/** What the page shows, and what people use on it. */
public record Parts(AccessSandbox access, AlarmsSandbox alarms, Optional<Rotating> rotation) {

    /** A password that changes, and the load that must not notice it. */
    public record Rotating(RotationSandbox sandbox, Traffic traffic) {}
}
