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
 * AWS's cron: minute, hour, day of month, month, day of week (Sunday is 1), year; one of the days is {@code ?}. Times in the
 * hour that daylight saving skips are skipped; times in the hour that repeats occur once.
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
     * Parses the six fields.
     *
     * @throws IllegalArgumentException when a field is invalid
     */
    public static CronExpression parse(String fields) {
        return new CronExpression(
                ExecutionTime.forCron(new CronParser(AWS_CRON).parse(fields).validate()));
    }

    /** The first time after this one. */
    public Optional<Instant> nextAfter(Instant instant, ZoneId zone) {
        Optional<ZonedDateTime> localTime = nextLocalTime(instant.atZone(zone).toLocalDateTime());
        Optional<Instant> time = localTime.flatMap(local -> toInstant(local, zone));
        while (localTime.isPresent() && time.filter(instant::isBefore).isEmpty()) {
            localTime = localTime.flatMap(executionTime::nextExecution);
            time = localTime.flatMap(local -> toInstant(local, zone));
        }
        return time;
    }

    /** Local time, without the offset of daylight saving. */
    private Optional<ZonedDateTime> nextLocalTime(LocalDateTime local) {
        return executionTime.nextExecution(local.atZone(ZoneOffset.UTC));
    }

    private static Optional<Instant> toInstant(ZonedDateTime localTime, ZoneId zone) {
        LocalDateTime local = localTime.toLocalDateTime();
        return zone.getRules().getValidOffsets(local).stream().findFirst().map(local::toInstant);
    }
}
