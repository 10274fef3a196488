package io.reverser.rotation.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A recurring period in which the database password may be rotated. It starts at a local time in its time zone; its
 * length is elapsed time, even across a clock change. A start in the hour that is skipped when clocks are set forward
 * moves by the length of that gap; when clocks are set back and the local time of the start occurs twice, the window
 * starts the first time.
 *
 * @param cutoff how long before the end of the window the last rotation may start
 */
public record MaintenanceWindow(String name, ZoneId zone, Recurrence recurrence, Duration length, Duration cutoff) {

    /** The maximum length of a window, which limits how far back the search for an open window has to look. */
    public static final Duration MAX_LENGTH = Duration.ofDays(1);

    /** The occurrences of the window that have not ended at this moment, as an infinite stream, ordered by start. */
    Stream<Occurrence> occurrencesFrom(Instant moment, List<Blackout> blackouts) {
        LocalDateTime early =
                LocalDateTime.ofInstant(moment, zone).minus(MAX_LENGTH).minusDays(1);
        return recurrence
                .startsAfter(early)
                .map(local -> occurrence(local.atZone(zone).toInstant(), blackouts))
                .filter(occurrence -> occurrence.end().isAfter(moment));
    }

    private Occurrence occurrence(Instant start, List<Blackout> blackouts) {
        Instant end = start.plus(length);
        LocalDate first = LocalDate.ofInstant(start, zone);
        LocalDate last = LocalDate.ofInstant(end.minusNanos(1), zone);
        Optional<Blackout> blackout =
                blackouts.stream().filter(days -> days.overlaps(first, last)).findFirst();
        return new Occurrence(name, zone, start, end.minus(cutoff), end, blackout);
    }
}
