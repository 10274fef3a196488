package io.reverser.rotation.plan;

import java.util.Optional;

/** Whether something may begin now. */
public sealed interface Opening {

    /** It may. */
    record Open(Occurrence occurrence) implements Opening {}

    /** What has begun may go on; nothing begins any more. */
    record Ending(Occurrence occurrence) implements Opening {}

    /**
     * It may not.
     *
     * @param next the next that opens
     * @param blackedOut the one that would be open, were it not for a blackout
     */
    record Closed(Optional<Occurrence> next, Optional<Occurrence> blackedOut) implements Opening {}
}
