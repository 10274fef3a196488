package io.reverser.rotation.plan;

import java.time.LocalDate;

/**
 * Days on which no window opens.
 *
 * @param from the first of them, in the zone of the window
 * @param to the last of them
 */
public record Blackout(LocalDate from, LocalDate to, String reason) {

    /** Whether the blackout contains any of these days. */
    boolean overlaps(LocalDate first, LocalDate last) {
        return !last.isBefore(from) && !first.isAfter(to);
    }
}
