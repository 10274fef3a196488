package io.reverser.runner.workspace;

import io.reverser.runner.cluster.LoadGenerator;
import io.reverser.runner.functions.AccessSandbox;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.rotation.RotationSandbox;
import java.util.Optional;

/** The parts of the sandbox that the workspace page shows and controls. */
public record WorkspaceContext(AccessSandbox access, AlarmsSandbox alarms, Optional<RotationUnderLoad> rotation) {

    /** The rotation, and the load generator that measures the rotation's effect on callers. */
    public record RotationUnderLoad(RotationSandbox sandbox, LoadGenerator loadGenerator) {}
}
