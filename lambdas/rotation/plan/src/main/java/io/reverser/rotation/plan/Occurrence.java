package io.reverser.rotation.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One time that a window opens, or would.
 *
 * @param window its name
 * @param lastStart until then, including it, something may begin
 * @param end from then on it is closed
 * @param blackout why it does not open
 */
public record Occurrence(
        String window, ZoneId zone, Instant start, Instant lastStart, Instant end, Optional<Blackout> blackout) {

    /** Whether no blackout keeps it closed. */
    public boolean opens() {
        return blackout.isEmpty();
    }

    /** The end of it, in which nothing begins. */
    public Duration cutoff() {
        return Duration.between(lastStart, end);
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}
