package io.reverser.rotation.plan;

import java.util.Optional;

/** Whether a rotation may start. */
public sealed interface WindowStatus {

    /** A rotation may start. */
    record Open(Occurrence occurrence) implements WindowStatus {}

    /** The cutoff has begun: no rotation may start, but one in progress continues. */
    record Closing(Occurrence occurrence) implements WindowStatus {}

    /**
     * No rotation may start.
     *
     * @param next the next occurrence that opens
     * @param blackedOut the occurrence that would be running now without its blackout
     */
    record Closed(Optional<Occurrence> next, Optional<Occurrence> blackedOut) implements WindowStatus {}
}
