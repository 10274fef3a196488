package io.reverser.runner.workspace;

import io.reverser.runner.cluster.LoadGenerator;
import io.reverser.runner.functions.AccessSandbox;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.rotation.RotationSandbox;
import java.util.Optional;

/** What the page shows, and what people use on it. */
public record WorkspaceContext(AccessSandbox access, AlarmsSandbox alarms, Optional<RotationUnderLoad> rotation) {

    /** A password that changes, and the load that must not notice it. */
    public record RotationUnderLoad(RotationSandbox sandbox, LoadGenerator loadGenerator) {}
}
