package io.reverser.rotation.plan;

import io.reverser.settings.Durations;
import io.reverser.settings.Nearest;
import io.reverser.settings.Section;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads windows.
 *
 * @param reserve what has to fit between the last start and the end
 */
record WindowReader(Duration reserve) {

    private static final Pattern NAME = Pattern.compile("\\S(.{0,38}\\S)?");
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    /** No clock is set forward by more, so that beginnings stay in their order. */
    private static final Duration CLOSEST = Duration.ofHours(2);

    /** What is wrong is noted; empty when it cannot even begin. */
    Optional<MaintenanceWindow> read(Section row) {
        row.knows("name", "zone", "days", "start", "cron", "length", "cutoff");
        String name = row.text("name", NAME, "a name of at most 40 characters");
        ZoneId zone = zone(row);
        Duration length = length(row);
        Duration cutoff = cutoff(row, length);
        return beginnings(row, length).map(beginnings -> new MaintenanceWindow(name, zone, beginnings, length, cutoff));
    }

    private static ZoneId zone(Section row) {
        String id = row.node().path("zone").asText();
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (known.contains(id)) {
            return ZoneId.of(id);
        }
        row.problem(
                "zone",
                "a time zone like Europe/Berlin"
                        + Nearest.to(id, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
        return ZoneOffset.UTC;
    }

    private static Duration length(Section row) {
        Duration length = row.duration("length");
        boolean fits = length.compareTo(SHORTEST) >= 0 && length.compareTo(MaintenanceWindow.LONGEST) <= 0;
        if (!fits && !length.isZero()) {
            row.problem(
                    "length",
                    "%s to %s".formatted(Durations.text(SHORTEST), Durations.text(MaintenanceWindow.LONGEST)));
        }
        return fits ? length : Duration.ZERO;
    }

    private Duration cutoff(Section row, Duration length) {
        Duration cutoff = row.duration("cutoff");
        if (cutoff.isZero()) {
            return cutoff;
        }
        if (cutoff.compareTo(length) >= 0 && !length.isZero()) {
            row.problem("cutoff", "less than the length, " + Durations.text(length));
        }
        if (cutoff.compareTo(reserve) < 0) {
            row.problem(
                    "cutoff",
                    "at least %s, to hold rollout_within and bake of what begins last"
                            .formatted(Durations.text(reserve)));
        }
        return cutoff;
    }

    private static Optional<Beginnings> beginnings(Section row, Duration length) {
        if (row.has("cron") == row.has("days") || row.has("cron") == row.has("start")) {
            row.problem(row.has("cron") ? "cron" : "days", "either cron, or days and start");
            return Optional.empty();
        }
        return row.has("cron") ? cron(row, length) : weekly(row);
    }

    private static Optional<Beginnings> weekly(Section row) {
        List<DayOfWeek> days = row.each("days", WindowReader::day, "a day like SUN");
        if (new HashSet<>(days).size() < days.size()) {
            row.problem("days", "each day once");
        }
        String start = row.text("start", TIME, "a time like \"02:00\", in quotes");
        return days.isEmpty() || !TIME.matcher(start).matches()
                ? Optional.empty()
                : Optional.of(Beginnings.weekly(days, LocalTime.parse(start)));
    }

    private static Optional<Beginnings> cron(Section row, Duration length) {
        try {
            Beginnings beginnings = Beginnings.cron(row.node().path("cron").asText());
            Duration closest = beginnings.closest();
            if (closest.compareTo(CLOSEST) < 0 || closest.compareTo(length) < 0) {
                row.problem(
                        "cron",
                        "one that comes after the last has ended, and at most every 2h, not every "
                                + Durations.text(closest));
            }
            return Optional.of(beginnings);
        } catch (IllegalArgumentException wrong) {
            row.problem("cron", "minute, hour, day, month, day of the week: " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<DayOfWeek> day(String name) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> Beginnings.name(day).equals(name))
                .findFirst();
    }
}
