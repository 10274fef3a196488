package io.reverser.rotation.plan;

import java.util.Optional;

/** Whether a rotation may start at a certain time. */
public sealed interface WindowStatus {

    /** A window is open: a rotation may start. */
    record Open(Occurrence occurrence) implements WindowStatus {}

    /** A window is open, but its cutoff has begun: no rotation may start, and a rotation in progress continues. */
    record Closing(Occurrence occurrence) implements WindowStatus {}

    /**
     * No window is open: no rotation may start.
     *
     * @param next the next occurrence that opens
     * @param blackedOut the occurrence that would be open now if no blackout covered it
     */
    record Closed(Optional<Occurrence> next, Optional<Occurrence> blackedOut) implements WindowStatus {}
}
