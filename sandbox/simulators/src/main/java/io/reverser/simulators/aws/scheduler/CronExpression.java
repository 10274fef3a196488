package io.reverser.simulators.aws.scheduler;

import com.cronutils.model.definition.CronConstraintsFactory;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A cron expression in AWS's format: minute, hour, day of month, month, day of week (Sunday is 1) and year. Either the
 * day of month or the day of week is {@code ?}. When daylight saving time starts, times in the skipped hour are
 * skipped; when it ends, times in the repeated hour occur once.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule types</a>
 */
public final class CronExpression {

    private static final CronDefinition AWS_CRON = CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withStrictRange()
            .and()
            .withHours()
            .withStrictRange()
            .and()
            .withDayOfMonth()
            .supportsL()
            .supportsW()
            .supportsLW()
            .supportsQuestionMark()
            .and()
            .withMonth()
            .and()
            .withDayOfWeek()
            .withValidRange(1, 7)
            .withMondayDoWValue(2)
            .supportsHash()
            .supportsL()
            .supportsQuestionMark()
            .and()
            .withYear()
            .withValidRange(1970, 2199)
            .withStrictRange()
            .and()
            .withCronValidation(CronConstraintsFactory.ensureEitherDayOfWeekOrDayOfMonth())
            .instance();

    private final ExecutionTime executionTime;

    private CronExpression(ExecutionTime executionTime) {
        this.executionTime = executionTime;
    }

    /**
     * Parses a cron expression with six fields.
     *
     * @throws IllegalArgumentException when a field is invalid
     */
    public static CronExpression parse(String fields) {
        return new CronExpression(
                ExecutionTime.forCron(new CronParser(AWS_CRON).parse(fields).validate()));
    }

    /** The first time that matches the expression after the given time. */
    public Optional<Instant> nextAfter(Instant instant, ZoneId zone) {
        Optional<ZonedDateTime> localTime = nextLocalTime(instant.atZone(zone).toLocalDateTime());
        Optional<Instant> time = localTime.flatMap(local -> toInstant(local, zone));
        while (localTime.isPresent() && time.filter(instant::isBefore).isEmpty()) {
            localTime = localTime.flatMap(executionTime::nextExecution);
            time = localTime.flatMap(local -> toInstant(local, zone));
        }
        return time;
    }

    /** Finds the next matching local time, regardless of daylight saving time. */
    private Optional<ZonedDateTime> nextLocalTime(LocalDateTime local) {
        return executionTime.nextExecution(local.atZone(ZoneOffset.UTC));
    }

    private static Optional<Instant> toInstant(ZonedDateTime localTime, ZoneId zone) {
        LocalDateTime local = localTime.toLocalDateTime();
        return zone.getRules().getValidOffsets(local).stream().findFirst().map(local::toInstant);
    }
}
