package io.reverser.rotation.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One opening of a window.
 *
 * @param window its name
 * @param lastStart inclusive; no rotation starts later
 * @param end exclusive
 * @param blackout the blackout that keeps it closed, if any
 */
public record Occurrence(
        String window, ZoneId zone, Instant start, Instant lastStart, Instant end, Optional<Blackout> blackout) {

    public boolean opens() {
        return blackout.isEmpty();
    }

    /** How long before its end the last rotation may start. */
    public Duration cutoff() {
        return Duration.between(lastStart, end);
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}
