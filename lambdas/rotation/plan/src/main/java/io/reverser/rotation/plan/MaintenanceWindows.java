package io.reverser.rotation.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The maintenance windows and blackouts of an environment. */
public record MaintenanceWindows(List<MaintenanceWindow> windows, List<Blackout> blackouts) {

    /**
     * How far ahead to search for an occurrence that no blackout covers. The search needs a limit, because blackouts
     * may cover all occurrences.
     */
    static final Duration MAX_LOOKAHEAD = Duration.ofDays(30 * 365);

    private static final Comparator<Occurrence> BY_LAST_START = Comparator.comparing(Occurrence::lastStart);

    public MaintenanceWindows {
        windows = List.copyOf(windows);
        blackouts = List.copyOf(blackouts);
    }

    /**
     * Whether a rotation may start at this time. If several windows are open, the one in which a rotation may start
     * latest counts.
     */
    public WindowStatus statusAt(Instant now) {
        List<Occurrence> running =
                windows.stream().flatMap(window -> running(window, now)).toList();
        Optional<Occurrence> open = running.stream().filter(Occurrence::opens).max(BY_LAST_START);
        if (open.isEmpty()) {
            return new WindowStatus.Closed(
                    nextOpen(now, 1).stream().findFirst(), running.stream().max(BY_LAST_START));
        }
        return now.isAfter(open.get().lastStart())
                ? new WindowStatus.Closing(open.get())
                : new WindowStatus.Open(open.get());
    }

    /**
     * The occurrences of windows that are open now, and the next occurrences, without the occurrences that a blackout
     * covers.
     */
    public List<Occurrence> nextOpen(Instant now, int count) {
        return nextWithBlackedOut(now, count).stream().filter(Occurrence::opens).toList();
    }

    /** Like {@link #nextOpen}, together with the occurrences in between that a blackout covers. */
    public List<Occurrence> nextWithBlackedOut(Instant now, int count) {
        Stream<Occurrence> sorted = windows.stream()
                .flatMap(window -> nextWithBlackedOut(window, now, count).stream())
                .sorted(Comparator.comparing(Occurrence::start));
        return limitToOpen(sorted, count);
    }

    private List<Occurrence> nextWithBlackedOut(MaintenanceWindow window, Instant now, int count) {
        Instant horizon = now.plus(MAX_LOOKAHEAD);
        return limitToOpen(
                window.occurrencesFrom(now, blackouts)
                        .takeWhile(occurrence -> occurrence.start().isBefore(horizon)),
                count);
    }

    private static List<Occurrence> limitToOpen(Stream<Occurrence> occurrences, int count) {
        var some = new ArrayList<Occurrence>();
        int opened = 0;
        for (var each = occurrences.iterator(); opened < count && each.hasNext(); ) {
            Occurrence occurrence = each.next();
            some.add(occurrence);
            opened += occurrence.opens() ? 1 : 0;
        }
        return some;
    }

    private Stream<Occurrence> running(MaintenanceWindow window, Instant now) {
        return window.occurrencesFrom(now, blackouts).takeWhile(occurrence -> occurrence.contains(now));
    }
}
