package io.reverser.rotation.plan;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When a window begins by the clock on the wall. Which moments those are only a zone can say: here every day has 24 hours,
 * and UTC stands for a zone whose clocks never change.
 */
final class Recurrence {

    private static final CronDefinition CRON_DEFINITION = CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withValidRange(0, 59)
            .withStrictRange()
            .and()
            .withHours()
            .withValidRange(0, 23)
            .withStrictRange()
            .and()
            .withDayOfMonth()
            .supportsL()
            .withValidRange(1, 31)
            .withStrictRange()
            .and()
            .withMonth()
            .withValidRange(1, 12)
            .withStrictRange()
            .and()
            .withDayOfWeek()
            .withMondayDoWValue(1)
            .withIntMapping(7, 0)
            .supportsHash()
            .supportsL()
            .withValidRange(0, 7)
            .withStrictRange()
            .and()
            .instance();
    /** Mistakes have to be found the same way every time; the year 2000 begins a whole round of the calendar. */
    private static final LocalDateTime REFERENCE_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final Pattern DAY_FIELDS = Pattern.compile("\\S+\\s+\\S+\\s+(\\S+)\\s+\\S+\\s+(\\S+)");
    private static final int SAMPLE_SIZE = 100;

    private final ExecutionTime executionTime;

    private Recurrence(ExecutionTime executionTime) {
        this.executionTime = executionTime;
    }

    /**
     * From five fields: minute, hour, day of the month, month, day of the week.
     *
     * @throws IllegalArgumentException with what is wrong, when they mean nothing or never come
     */
    static Recurrence cron(String text) {
        Matcher days = DAY_FIELDS.matcher(text.strip());
        // For cron itself, two days together mean either; most who write "0 22 1-7 * SAT" mean both.
        if (days.matches() && !days.group(1).equals("*") && !days.group(2).equals("*")) {
            throw new IllegalArgumentException(
                    "a day of the month or one of the week; the first Saturday is SAT#1, the last SATL");
        }
        var recurrence = new Recurrence(ExecutionTime.forCron(new CronParser(CRON_DEFINITION).parse(text)));
        if (recurrence.startsAfter(REFERENCE_TIME).findFirst().isEmpty()) {
            throw new IllegalArgumentException("something that happens; it never does");
        }
        return recurrence;
    }

    static Recurrence weekly(Collection<DayOfWeek> days, LocalTime time) {
        String names = days.stream().map(Recurrence::dayName).collect(Collectors.joining(","));
        return cron("%d %d * * %s".formatted(time.getMinute(), time.getHour(), names));
    }

    /** As in cron and in the settings: {@code SUN}. */
    static String dayName(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ROOT).toUpperCase(Locale.ROOT);
    }

    /** All that come after it, without an end. */
    Stream<LocalDateTime> startsAfter(LocalDateTime time) {
        return Stream.iterate(
                        nextStart(time.atZone(ZoneOffset.UTC)),
                        Optional::isPresent,
                        last -> last.flatMap(this::nextStart))
                .map(Optional::orElseThrow)
                .map(ZonedDateTime::toLocalDateTime);
    }

    /** The shortest time between two of them. */
    Duration shortestInterval() {
        List<LocalDateTime> starts =
                startsAfter(REFERENCE_TIME).limit(SAMPLE_SIZE).toList();
        Duration shortest = Duration.ofDays(366);
        for (int i = 1; i < starts.size(); i++) {
            Duration between = Duration.between(starts.get(i - 1), starts.get(i));
            shortest = between.compareTo(shortest) < 0 ? between : shortest;
        }
        return shortest;
    }

    private Optional<ZonedDateTime> nextStart(ZonedDateTime last) {
        return executionTime.nextExecution(last);
    }
}
