package io.reverser.rotation.plan;

import java.util.Optional;

/** Whether something may begin now. */
public sealed interface WindowStatus {

    /** It may. */
    record Open(Occurrence occurrence) implements WindowStatus {}

    /** What has begun may go on; nothing begins any more. */
    record Closing(Occurrence occurrence) implements WindowStatus {}

    /**
     * It may not.
     *
     * @param next the next that opens
     * @param blackedOut the one that would be open, were it not for a blackout
     */
    record Closed(Optional<Occurrence> next, Optional<Occurrence> blackedOut) implements WindowStatus {}
}
