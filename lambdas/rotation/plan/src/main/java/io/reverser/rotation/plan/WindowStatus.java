package io.reverser.rotation.plan;

import java.util.Optional;

/** Whether a rotation may start. */
public sealed interface WindowStatus {

    /** It may start. */
    record Open(Occurrence occurrence) implements WindowStatus {}

    /** It may not start any more; one in progress continues. */
    record Closing(Occurrence occurrence) implements WindowStatus {}

    /**
     * It may not start.
     *
     * @param next the next occurrence that opens
     * @param blackedOut an occurrence that a blackout keeps closed now
     */
    record Closed(Optional<Occurrence> next, Optional<Occurrence> blackedOut) implements WindowStatus {}
}
