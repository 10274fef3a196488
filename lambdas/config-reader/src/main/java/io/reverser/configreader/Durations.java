package io.reverser.configreader;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30m}, {@code 1h30m}, {@code 8h}, {@code 1d}. */
public final class Durations {

    private static final Pattern PATTERN = Pattern.compile("(?:(\\d{1,3})d)?(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?");

    private Durations() {}

    /** Parses a duration of at least a minute; empty when it is invalid. */
    public static Optional<Duration> parse(String text) {
        Matcher parts = PATTERN.matcher(text.strip().toLowerCase(java.util.Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)));
        return sum.isZero() ? Optional.empty() : Optional.of(sum);
    }

    /** Formats a duration in the format that people write, such as {@code 1h30m}, in whole minutes. */
    public static String format(Duration duration) {
        var text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        return text.isEmpty() ? "0m" : text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
