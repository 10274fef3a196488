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
 * A time in which the password may change, again and again. It begins by the clock of its zone and lasts a time that has
 * passed, whatever clocks do meanwhile. A beginning that the clock leaves out comes as much later as the clock was set
 * forward; one that comes twice counts the first time.
 *
 * @param cutoff the end of it, in which nothing begins
 */
public record MaintenanceWindow(String name, ZoneId zone, Recurrence recurrence, Duration length, Duration cutoff) {

    static final Duration MAX_LENGTH = Duration.ofDays(1);

    /** Those that are not over yet, in their order, without an end. */
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
