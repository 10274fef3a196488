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
 * A recurring time in which the password may be rotated. It starts at a local time of its zone, and its length is elapsed
 * time, even when clocks change in between. A start that falls into a gap, when clocks are set forward, moves by the length
 * of the gap; of a start that occurs twice, the first counts.
 *
 * @param cutoff the last part of it, in which no rotation starts
 */
public record MaintenanceWindow(String name, ZoneId zone, Recurrence recurrence, Duration length, Duration cutoff) {

    /** Bounds how far back the search for a running window has to look. */
    public static final Duration MAX_LENGTH = Duration.ofDays(1);

    /** The occurrences that have not ended, in order, an infinite stream. */
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
