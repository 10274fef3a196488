package io.reverser.simulators.aws.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.simulators.aws.api.AwsError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The expression of a schedule: {@code at(...)}, {@code rate(...)} or {@code cron(...)}. */
sealed interface ScheduleExpression {

    Pattern EXPRESSION = Pattern.compile("(at|rate|cron)\\((.+)\\)");
    Pattern RATE = Pattern.compile("([1-9]\\d{0,5}) (minute|hour|day)s?");

    /**
     * The time of the schedule's first invocation.
     *
     * @param now the time when the schedule is created
     */
    Optional<Instant> firstFire(Instant now);

    /** The time of the schedule's first invocation after the given time. */
    Optional<Instant> nextFireAfter(Instant now);

    /** The expression of a one-time schedule, {@code at(...)}. */
    record At(Instant time) implements ScheduleExpression {

        @Override
        public Optional<Instant> firstFire(Instant now) {
            return Optional.of(time);
        }

        @Override
        public Optional<Instant> nextFireAfter(Instant now) {
            return Optional.empty();
        }
    }

    /**
     * The expression of a schedule that fires at a fixed interval, {@code rate(...)}.
     *
     * @param anchor the schedule's start date, or the time of its creation if it has none. The first invocation is at
     *     this time; if this time is in the past, the first invocation is a whole number of intervals later
     * @param start the earliest time of an invocation
     */
    record Rate(Duration interval, Instant anchor, Instant start) implements ScheduleExpression {

        @Override
        public Optional<Instant> firstFire(Instant now) {
            return anchor.isBefore(now) ? nextFireAfter(now) : Optional.of(anchor);
        }

        @Override
        public Optional<Instant> nextFireAfter(Instant now) {
            long past = Math.floorDiv(Duration.between(anchor, now).toMillis(), interval.toMillis());
            Instant next = anchor.plus(interval.multipliedBy(past + 1));
            return Optional.of(next.isBefore(start) ? start : next);
        }
    }

    /**
     * The expression of a schedule that fires at the times of a cron expression in a time zone, {@code cron(...)}.
     *
     * @param start the earliest time of an invocation
     */
    record Cron(CronExpression cron, ZoneId zone, Instant start) implements ScheduleExpression {

        @Override
        public Optional<Instant> firstFire(Instant now) {
            return nextFireAfter(now.minusMillis(1));
        }

        @Override
        public Optional<Instant> nextFireAfter(Instant now) {
            return cron.nextAfter(now.isBefore(start) ? start.minusMillis(1) : now, zone);
        }
    }

    /**
     * Parses the expression of a schedule in the schedule's time zone.
     *
     * @throws AwsError when the expression is invalid
     */
    static ScheduleExpression parse(JsonNode settings, Optional<Instant> start, Instant now) {
        Matcher expression =
                EXPRESSION.matcher(settings.path("ScheduleExpression").asText());
        if (!expression.matches()) {
            throw invalid();
        }
        try {
            ZoneId zone = ZoneId.of(settings.path("ScheduleExpressionTimezone").asText("UTC"));
            return switch (expression.group(1)) {
                case "at" ->
                    new At(parseDateTime(expression.group(2)).atZone(zone).toInstant());
                case "rate" -> new Rate(parseRate(expression.group(2)), start.orElse(now), start.orElse(Instant.MIN));
                default -> new Cron(CronExpression.parse(expression.group(2)), zone, start.orElse(Instant.MIN));
            };
        } catch (DateTimeException | IllegalArgumentException mistake) {
            throw invalid();
        }
    }

    private static LocalDateTime parseDateTime(String text) {
        LocalDateTime time = LocalDateTime.parse(text);
        if (text.length() != "yyyy-MM-ddTHH:mm:ss".length()) {
            throw invalid();
        }
        return time;
    }

    private static Duration parseRate(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            throw invalid();
        }
        ChronoUnit unit = switch (rate.group(2)) {
            case "minute" -> ChronoUnit.MINUTES;
            case "hour" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
        return Duration.of(Long.parseLong(rate.group(1)), unit);
    }

    private static AwsError invalid() {
        return new AwsError(400, "ValidationException", "Invalid Schedule Expression");
    }
}
