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
 * @param blackout that keeps it closed
 */
public record Occurrence(
        String window, ZoneId zone, Instant start, Instant lastStart, Instant end, Optional<Blackout> blackout) {

    public boolean opens() {
        return blackout.isEmpty();
    }

    /** The last part, in which no rotation starts. */
    public Duration cutoff() {
        return Duration.between(lastStart, end);
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}
