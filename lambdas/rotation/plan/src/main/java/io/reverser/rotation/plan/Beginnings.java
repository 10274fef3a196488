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
final class Beginnings {

    private static final CronDefinition FORM = CronDefinitionBuilder.defineCron()
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
    private static final LocalDateTime ANY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final Pattern DAYS = Pattern.compile("\\S+\\s+\\S+\\s+(\\S+)\\s+\\S+\\s+(\\S+)");
    private static final int ENOUGH = 100;

    private final ExecutionTime times;

    private Beginnings(ExecutionTime times) {
        this.times = times;
    }

    /**
     * From five fields: minute, hour, day of the month, month, day of the week.
     *
     * @throws IllegalArgumentException with what is wrong, when they mean nothing or never come
     */
    static Beginnings cron(String text) {
        Matcher days = DAYS.matcher(text.strip());
        // For cron itself, two days together mean either; most who write "0 22 1-7 * SAT" mean both.
        if (days.matches() && !days.group(1).equals("*") && !days.group(2).equals("*")) {
            throw new IllegalArgumentException(
                    "a day of the month or one of the week; the first Saturday is SAT#1, the last SATL");
        }
        var beginnings = new Beginnings(ExecutionTime.forCron(new CronParser(FORM).parse(text)));
        if (beginnings.after(ANY_TIME).findFirst().isEmpty()) {
            throw new IllegalArgumentException("something that happens; it never does");
        }
        return beginnings;
    }

    static Beginnings weekly(Collection<DayOfWeek> days, LocalTime time) {
        String names = days.stream().map(Beginnings::name).collect(Collectors.joining(","));
        return cron("%d %d * * %s".formatted(time.getMinute(), time.getHour(), names));
    }

    /** As in cron and in the settings: {@code SUN}. */
    static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ROOT).toUpperCase(Locale.ROOT);
    }

    /** All that come after it, without an end. */
    Stream<LocalDateTime> after(LocalDateTime time) {
        return Stream.iterate(next(time.atZone(ZoneOffset.UTC)), Optional::isPresent, last -> last.flatMap(this::next))
                .map(Optional::orElseThrow)
                .map(ZonedDateTime::toLocalDateTime);
    }

    /** The shortest time between two of them. */
    Duration closest() {
        List<LocalDateTime> some = after(ANY_TIME).limit(ENOUGH).toList();
        Duration closest = Duration.ofDays(366);
        for (int i = 1; i < some.size(); i++) {
            Duration between = Duration.between(some.get(i - 1), some.get(i));
            closest = between.compareTo(closest) < 0 ? between : closest;
        }
        return closest;
    }

    private Optional<ZonedDateTime> next(ZonedDateTime last) {
        return times.nextExecution(last);
    }
}
