package io.reverser.rotation.plan;

import io.reverser.settings.Section;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Days on which no window opens.
 *
 * @param from the first of them, in the zone of the window
 * @param to the last of them
 */
public record Blackout(LocalDate from, LocalDate to, String why) {

    private static final Pattern WHY = Pattern.compile("\\S(.{0,58}\\S)?");
    private static final int LONGEST_DAYS = 366;

    static Optional<Blackout> read(Section row) {
        row.knows("from", "to", "why");
        String why = row.text("why", WHY, "a reason of at most 60 characters");
        Optional<LocalDate> from = date(row, "from");
        Optional<LocalDate> to = date(row, "to");
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (to.get().isBefore(from.get()) || to.get().isAfter(from.get().plusDays(LONGEST_DAYS))) {
            row.problem("to", "a day from %s on, at most a year later".formatted(from.get()));
        }
        return Optional.of(new Blackout(from.get(), to.get(), why));
    }

    /** Whether any of these days is one of its own. */
    boolean touches(LocalDate first, LocalDate last) {
        return !last.isBefore(from) && !first.isAfter(to);
    }

    private static Optional<LocalDate> date(Section row, String key) {
        try {
            return Optional.of(LocalDate.parse(row.node().path(key).asText()));
        } catch (DateTimeParseException noDate) {
            row.problem(key, "a date like 2026-12-20");
            return Optional.empty();
        }
    }
}
