package io.reverser.rotation.plan;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The starts of a maintenance window in local time. The starts are computed in UTC, in which every day has 24 hours;
 * the caller converts them to a time zone.
 */
public final class Recurrence {

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
    /**
     * A fixed time, so that validation does not depend on today's date. A 400-year cycle of the calendar starts in
     * 2000.
     */
    private static final LocalDateTime REFERENCE_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final Pattern DAY_FIELDS = Pattern.compile("\\S+\\s+\\S+\\s+(\\S+)\\s+\\S+\\s+(\\S+)");
    private static final int SAMPLE_SIZE = 100;

    private final ExecutionTime executionTime;

    private Recurrence(ExecutionTime executionTime) {
        this.executionTime = executionTime;
    }

    /**
     * Parses a cron expression with five fields: minute, hour, day of the month, month, day of the week.
     *
     * @throws IllegalArgumentException for invalid fields or a date that never occurs; the message says what was
     *     expected
     */
    public static Recurrence cron(String text) {
        Matcher days = DAY_FIELDS.matcher(text.strip());
        // cron starts when either day field matches; most people who write "0 22 1-7 * SAT" mean both.
        if (days.matches() && !days.group(1).equals("*") && !days.group(2).equals("*")) {
            throw new IllegalArgumentException(
                    "a day of the month or a day of the week, but not both; the first Saturday is SAT#1, the last one SATL");
        }
        var recurrence = new Recurrence(ExecutionTime.forCron(new CronParser(CRON_DEFINITION).parse(text)));
        if (recurrence.startsAfter(REFERENCE_TIME).findFirst().isEmpty()) {
            throw new IllegalArgumentException("a date that exists");
        }
        return recurrence;
    }

    /**
     * A start at the same time on each of these days of the week.
     *
     * @param days the days of the week, like {@code SUN}
     */
    static Recurrence weekly(List<String> days, LocalTime time) {
        return cron("%d %d * * %s".formatted(time.getMinute(), time.getHour(), String.join(",", days)));
    }

    /** All starts after this time, as an infinite stream. */
    Stream<LocalDateTime> startsAfter(LocalDateTime time) {
        return Stream.iterate(
                        nextStart(time.atZone(ZoneOffset.UTC)),
                        Optional::isPresent,
                        last -> last.flatMap(this::nextStart))
                .map(Optional::orElseThrow)
                .map(ZonedDateTime::toLocalDateTime);
    }

    public Duration shortestInterval() {
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
