package io.reverser.rotation.plan;

import io.reverser.configreader.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Explains whether a maintenance window is open, why, and which windows come next, in plain text of at most 100
 * columns.
 */
public final class WindowExplanation {

    private static final int MAX_WINDOWS = 5;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final MaintenanceWindows windows;
    private final Instant now;

    private WindowExplanation(MaintenanceWindows windows, Instant now) {
        this.windows = windows;
        this.now = now;
    }

    public static String describe(MaintenanceWindows windows, Instant now) {
        return new WindowExplanation(windows, now).render();
    }

    private String render() {
        var lines = new ArrayList<>(statusLines());
        List<Occurrence> coming = windows.nextWithBlackedOut(now, MAX_WINDOWS);
        List<Occurrence> notBlackedOut =
                coming.stream().filter(Occurrence::opens).toList();
        int width = notBlackedOut.stream()
                .mapToInt(occurrence -> occurrence.zone().getId().length())
                .max()
                .orElse(0);
        for (int i = 0; i < notBlackedOut.size(); i++) {
            Occurrence occurrence = notBlackedOut.get(i);
            lines.add("");
            lines.add("%d. %s%s".formatted(i + 1, occurrence.window(), occurrence.contains(now) ? ", open now" : ""));
            lines.add(times(occurrence, occurrence.zone(), width));
            lines.add(times(occurrence, ZoneOffset.UTC, width));
        }
        lines.addAll(skipped(coming.stream().filter(each -> !each.opens()).toList()));
        return String.join("\n", lines);
    }

    private List<String> statusLines() {
        return switch (windows.statusAt(now)) {
            case WindowStatus.Open(Occurrence open) ->
                List.of(
                        "OPEN at " + formatDateTime(now, ZoneOffset.UTC) + " UTC",
                        "%s is open for another %s."
                                .formatted(open.window(), formatDuration(Duration.between(now, open.end()))),
                        "A rotation can start for another %s."
                                .formatted(formatDuration(Duration.between(now, open.lastStart()))));
            case WindowStatus.Closing(Occurrence closing) ->
                List.of(
                        "CLOSING at " + formatDateTime(now, ZoneOffset.UTC) + " UTC",
                        "%s is open for another %s, but no rotation starts in its last %s."
                                .formatted(
                                        closing.window(),
                                        formatDuration(Duration.between(now, closing.end())),
                                        formatDuration(closing.cutoff())));
            case WindowStatus.Closed(var next, var blackedOut) -> {
                var lines = new ArrayList<String>();
                lines.add("CLOSED at " + formatDateTime(now, ZoneOffset.UTC) + " UTC");
                blackedOut.ifPresentOrElse(
                        skipped -> {
                            lines.add("A blackout keeps " + skipped.window() + " closed:");
                            skipped.blackout().map(WindowExplanation::reason).ifPresent(lines::add);
                        },
                        () -> lines.add("No window is open."));
                lines.add(next(next));
                yield lines;
            }
        };
    }

    private String next(Optional<Occurrence> next) {
        return next.map(occurrence -> "The next is %s, in %s."
                        .formatted(occurrence.window(), formatDuration(Duration.between(now, occurrence.start()))))
                .orElse("None opens in the next 30 years.");
    }

    private static String times(Occurrence occurrence, ZoneId zone, int width) {
        String id = zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
        return "   %s   %s   latest start %s   ends %s"
                .formatted(
                        id + " ".repeat(Math.max(0, width - id.length())),
                        formatDateTime(occurrence.start(), zone),
                        formatTimeAfter(occurrence.lastStart(), occurrence.start(), zone),
                        formatTimeAfter(occurrence.end(), occurrence.start(), zone));
    }

    /**
     * Groups the occurrences that blackouts skip by blackout and window, because a long blackout skips many
     * occurrences.
     */
    private static List<String> skipped(List<Occurrence> skipped) {
        var byBlackout = new LinkedHashMap<Blackout, Map<String, List<Occurrence>>>();
        for (Occurrence occurrence : skipped) {
            byBlackout
                    .computeIfAbsent(occurrence.blackout().orElseThrow(), days -> new LinkedHashMap<>())
                    .computeIfAbsent(occurrence.window(), name -> new ArrayList<>())
                    .add(occurrence);
        }
        var lines = new ArrayList<String>();
        byBlackout.forEach((days, byWindow) -> {
            lines.add("");
            lines.add("Skipped, " + reason(days));
            byWindow.forEach((window, occurrences) -> lines.add("   %s: %s".formatted(window, when(occurrences))));
        });
        return lines;
    }

    private static String when(List<Occurrence> occurrences) {
        Occurrence first = occurrences.getFirst();
        Occurrence last = occurrences.getLast();
        return occurrences.size() == 1
                ? formatDateTime(first.start(), first.zone())
                : "%d times, %s to %s"
                        .formatted(
                                occurrences.size(),
                                DAY.format(first.start().atZone(first.zone())),
                                DAY.format(last.start().atZone(last.zone())));
    }

    private static String reason(Blackout days) {
        return "%s to %s: %s".formatted(days.from(), days.to(), days.reason());
    }

    private static String formatDateTime(Instant at, ZoneId zone) {
        return DAY.format(at.atZone(zone)) + " " + TIME.format(at.atZone(zone));
    }

    /** Formats a time with its weekday, unless the weekday is that of the start. */
    private static String formatTimeAfter(Instant at, Instant start, ZoneId zone) {
        boolean sameDay =
                at.atZone(zone).toLocalDate().equals(start.atZone(zone).toLocalDate());
        return (sameDay ? "" : WEEKDAY.format(at.atZone(zone)) + " ") + TIME.format(at.atZone(zone));
    }

    /** Formats a duration, rounded up to minutes. */
    private static String formatDuration(Duration duration) {
        return Durations.format(duration.plusSeconds(59));
    }
}
