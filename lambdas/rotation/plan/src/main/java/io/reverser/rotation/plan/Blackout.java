package io.reverser.rotation.plan;

import java.time.LocalDate;

/**
 * Days on which no maintenance window opens.
 *
 * @param from the first day, in the time zone of the window
 * @param to the last day
 */
public record Blackout(LocalDate from, LocalDate to, String reason) {

    /** Whether the blackout contains any of these days. */
    boolean overlaps(LocalDate first, LocalDate last) {
        return !last.isBefore(from) && !first.isAfter(to);
    }
}
