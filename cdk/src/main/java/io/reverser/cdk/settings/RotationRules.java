package io.reverser.cdk.settings;

import io.reverser.configreader.DidYouMean;
import io.reverser.configreader.Durations;
import io.reverser.rotation.plan.MaintenanceWindow;
import io.reverser.rotation.plan.Recurrence;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Rules between values of the section {@code rotation}. */
final class RotationRules {

    private static final Duration MIN_LENGTH = Duration.ofMinutes(15);
    /**
     * The minimum time between the starts of two windows: at least as long as any daylight saving shift, so that no
     * shift changes the order of the starts.
     */
    private static final Duration MIN_INTERVAL = Duration.ofHours(2);

    private static final int MAX_BLACKOUT_DAYS = 366;

    private RotationRules() {}

    static void check(ConfigSection rotation) {
        Duration rotateAfter = rotation.duration("rotate_after");
        Duration maxAge = rotation.duration("max_age");
        if (!maxAge.isZero() && maxAge.compareTo(rotateAfter) <= 0) {
            rotation.reject("max_age", "more than rotate_after, " + Durations.format(rotateAfter));
        }
        Duration reserve = rotation.duration("rollout_timeout").plus(rotation.duration("bake"));
        List<ConfigSection> windows = rotation.entries("windows");
        windows.forEach(window -> checkWindow(window, reserve));
        if (windows.stream().map(window -> window.text("name")).distinct().count() < windows.size()) {
            rotation.reject("windows", "a different name for each window");
        }
        rotation.entries("blackouts").forEach(RotationRules::checkBlackout);
    }

    private static void checkWindow(ConfigSection window, Duration reserve) {
        checkZone(window);
        Duration length = window.duration("length");
        boolean fits = length.compareTo(MIN_LENGTH) >= 0 && length.compareTo(MaintenanceWindow.MAX_LENGTH) <= 0;
        if (!fits) {
            window.reject(
                    "length",
                    "%s to %s".formatted(Durations.format(MIN_LENGTH), Durations.format(MaintenanceWindow.MAX_LENGTH)));
        }
        Duration cutoff = window.duration("cutoff");
        if (fits && cutoff.compareTo(length) >= 0) {
            window.reject("cutoff", "less than the length, " + Durations.format(length));
        }
        if (cutoff.compareTo(reserve) < 0) {
            window.reject(
                    "cutoff", "at least %s, which is rollout_timeout plus bake".formatted(Durations.format(reserve)));
        }
        if (window.node().has("cron")) {
            checkCron(window, fits ? length : Duration.ZERO);
        }
    }

    private static void checkZone(ConfigSection window) {
        Set<String> known = ZoneId.getAvailableZoneIds();
        String zone = window.text("zone");
        if (!known.contains(zone)) {
            window.reject(
                    "zone",
                    "a time zone like Europe/Berlin"
                            + DidYouMean.suggest(zone, known)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(""));
        }
    }

    private static void checkCron(ConfigSection window, Duration length) {
        try {
            Duration interval = Recurrence.cron(window.text("cron")).shortestInterval();
            if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(length) < 0) {
                window.reject(
                        "cron",
                        "windows that start at least 2h apart and do not overlap; these start %s apart"
                                .formatted(Durations.format(interval)));
            }
        } catch (IllegalArgumentException wrong) {
            window.reject("cron", "minute, hour, day, month, day of the week: " + wrong.getMessage());
        }
    }

    private static void checkBlackout(ConfigSection blackout) {
        if (blackout.isRejected()
                || blackout.section("from").isRejected()
                || blackout.section("to").isRejected()) {
            return;
        }
        LocalDate from = LocalDate.parse(blackout.text("from"));
        LocalDate to = LocalDate.parse(blackout.text("to"));
        if (to.isBefore(from) || to.isAfter(from.plusDays(MAX_BLACKOUT_DAYS))) {
            blackout.reject("to", "a day from %s on, at most a year later".formatted(from));
        }
    }
}
