package io.reverser.rotation.plan;

import io.reverser.configreader.ConfigSection;
import io.reverser.configreader.DidYouMean;
import io.reverser.configreader.Durations;
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
 * Reads maintenance windows from the settings.
 *
 * @param reserve the minimum between the last start and the end
 */
record WindowReader(Duration reserve) {

    private static final Pattern NAME = Pattern.compile("\\S(.{0,38}\\S)?");
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Duration MIN_LENGTH = Duration.ofMinutes(15);
    /** At least as long as any change of clocks, so that starts stay in order. */
    private static final Duration MIN_INTERVAL = Duration.ofHours(2);

    /** Reports problems in the section; empty when the window has no start. */
    Optional<MaintenanceWindow> read(ConfigSection row) {
        row.allowOnly("name", "zone", "days", "start", "cron", "length", "cutoff");
        String name = row.text("name", NAME, "a name of at most 40 characters");
        ZoneId zone = zone(row);
        Duration length = length(row);
        Duration cutoff = cutoff(row, length);
        return recurrence(row, length).map(recurrence -> new MaintenanceWindow(name, zone, recurrence, length, cutoff));
    }

    private static ZoneId zone(ConfigSection row) {
        String id = row.node().path("zone").asText();
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (known.contains(id)) {
            return ZoneId.of(id);
        }
        row.reject(
                "zone",
                "a time zone like Europe/Berlin"
                        + DidYouMean.suggest(id, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
        return ZoneOffset.UTC;
    }

    private static Duration length(ConfigSection row) {
        Duration length = row.duration("length");
        boolean fits = length.compareTo(MIN_LENGTH) >= 0 && length.compareTo(MaintenanceWindow.MAX_LENGTH) <= 0;
        if (!fits && !length.isZero()) {
            row.reject(
                    "length",
                    "%s to %s".formatted(Durations.format(MIN_LENGTH), Durations.format(MaintenanceWindow.MAX_LENGTH)));
        }
        return fits ? length : Duration.ZERO;
    }

    private Duration cutoff(ConfigSection row, Duration length) {
        Duration cutoff = row.duration("cutoff");
        if (cutoff.isZero()) {
            return cutoff;
        }
        if (cutoff.compareTo(length) >= 0 && !length.isZero()) {
            row.reject("cutoff", "less than the length, " + Durations.format(length));
        }
        if (cutoff.compareTo(reserve) < 0) {
            row.reject(
                    "cutoff", "at least %s, which is rollout_timeout plus bake".formatted(Durations.format(reserve)));
        }
        return cutoff;
    }

    private static Optional<Recurrence> recurrence(ConfigSection row, Duration length) {
        if (row.has("cron") == row.has("days") || row.has("cron") == row.has("start")) {
            row.reject(row.has("cron") ? "cron" : "days", "either cron, or days and start");
            return Optional.empty();
        }
        return row.has("cron") ? cron(row, length) : weekly(row);
    }

    private static Optional<Recurrence> weekly(ConfigSection row) {
        List<DayOfWeek> days = row.list("days", WindowReader::day, "a day like SUN");
        if (new HashSet<>(days).size() < days.size()) {
            row.reject("days", "each day once");
        }
        String start = row.text("start", TIME, "a time like \"02:00\", in quotes");
        return days.isEmpty() || !TIME.matcher(start).matches()
                ? Optional.empty()
                : Optional.of(Recurrence.weekly(days, LocalTime.parse(start)));
    }

    private static Optional<Recurrence> cron(ConfigSection row, Duration length) {
        try {
            Recurrence recurrence = Recurrence.cron(row.node().path("cron").asText());
            Duration interval = recurrence.shortestInterval();
            if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(length) < 0) {
                row.reject(
                        "cron",
                        "windows that start at least 2h apart and do not overlap; these start %s apart"
                                .formatted(Durations.format(interval)));
            }
            return Optional.of(recurrence);
        } catch (IllegalArgumentException wrong) {
            row.reject("cron", "minute, hour, day, month, day of the week: " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<DayOfWeek> day(String name) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> Recurrence.dayName(day).equals(name))
                .findFirst();
    }
}
