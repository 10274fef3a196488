package io.reverser.rotation.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One occurrence of a recurring maintenance window.
 *
 * @param window the name of the window
 * @param lastStart the latest time at which a rotation may start (inclusive)
 * @param end the end of the occurrence (exclusive)
 * @param blackout the blackout that keeps the window closed, if any
 */
public record Occurrence(
        String window, ZoneId zone, Instant start, Instant lastStart, Instant end, Optional<Blackout> blackout) {

    public boolean opens() {
        return blackout.isEmpty();
    }

    /** How long before the end of the occurrence the last rotation may start. */
    public Duration cutoff() {
        return Duration.between(lastStart, end);
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}
