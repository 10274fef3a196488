package io.reverser.rotation.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All windows of an environment: it is open when one of them is. */
public record MaintenanceWindows(List<MaintenanceWindow> windows, List<Blackout> blackouts) {

    /** Nobody looks further ahead, and a blackout must not be searched for an end that it does not have. */
    static final Duration HORIZON = Duration.ofDays(30 * 365);

    private static final Comparator<Occurrence> LAST_START = Comparator.comparing(Occurrence::lastStart);

    /** Keeps its own lists. */
    public MaintenanceWindows {
        windows = List.copyOf(windows);
        blackouts = List.copyOf(blackouts);
    }

    /** Whether something may begin now. Of two windows, the one counts in which it may longer. */
    public Opening at(Instant now) {
        List<Occurrence> running =
                windows.stream().flatMap(window -> running(window, now)).toList();
        Optional<Occurrence> open = running.stream().filter(Occurrence::opens).max(LAST_START);
        if (open.isEmpty()) {
            return new Opening.Closed(
                    next(now, 1).stream().findFirst(), running.stream().max(LAST_START));
        }
        return now.isAfter(open.get().lastStart()) ? new Opening.Ending(open.get()) : new Opening.Open(open.get());
    }

    /** The next that open, and those that are open. */
    public List<Occurrence> next(Instant now, int count) {
        return untilOpened(now, count).stream().filter(Occurrence::opens).toList();
    }

    /** As {@link #next}, and between them those that a blackout keeps closed. */
    public List<Occurrence> untilOpened(Instant now, int count) {
        Stream<Occurrence> sorted = windows.stream()
                .flatMap(window -> untilOpened(window, now, count).stream())
                .sorted(Comparator.comparing(Occurrence::start));
        return cut(sorted, count);
    }

    private List<Occurrence> untilOpened(MaintenanceWindow window, Instant now, int count) {
        Instant horizon = now.plus(HORIZON);
        return cut(
                window.from(now, blackouts)
                        .takeWhile(occurrence -> occurrence.start().isBefore(horizon)),
                count);
    }

    private static List<Occurrence> cut(Stream<Occurrence> occurrences, int count) {
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
        return window.from(now, blackouts).takeWhile(occurrence -> occurrence.contains(now));
    }
}
