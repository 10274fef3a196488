package io.reverser.rotation.plan;

import io.reverser.configreader.ConfigSection;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Days on which no window opens.
 *
 * @param from the first of them, in the zone of the window
 * @param to the last of them
 */
public record Blackout(LocalDate from, LocalDate to, String reason) {

    private static final Pattern REASON = Pattern.compile("\\S(.{0,58}\\S)?");
    private static final int MAX_DAYS = 366;

    static Optional<Blackout> read(ConfigSection section) {
        ConfigSection row = section.renamed(Map.of("why", "reason")).allowOnly("from", "to", "reason");
        String reason = row.text("reason", REASON, "a reason of at most 60 characters");
        Optional<LocalDate> from = parseDate(row, "from");
        Optional<LocalDate> to = parseDate(row, "to");
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (to.get().isBefore(from.get()) || to.get().isAfter(from.get().plusDays(MAX_DAYS))) {
            row.reject("to", "a day from %s on, at most a year later".formatted(from.get()));
        }
        return Optional.of(new Blackout(from.get(), to.get(), reason));
    }

    /** Whether any of these days is one of its own. */
    boolean overlaps(LocalDate first, LocalDate last) {
        return !last.isBefore(from) && !first.isAfter(to);
    }

    private static Optional<LocalDate> parseDate(ConfigSection row, String key) {
        try {
            return Optional.of(LocalDate.parse(row.node().path(key).asText()));
        } catch (DateTimeParseException noDate) {
            row.reject(key, "a date like 2026-12-20");
            return Optional.empty();
        }
    }
}
