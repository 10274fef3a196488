package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.scheduler.CronExpression;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The schedule of a secret's automatic rotation. Secrets Manager may rotate the secret at any time within a window. A
 * rate or a cron expression, in UTC, determines when the window opens; it closes on the same day.
 *
 * @param settings the rotation rules of RotateSecret
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html">Schedule
 *     expressions</a>
 */
record RotationSchedule(ObjectNode settings) {

    private static final String DAYS = "AutomaticallyAfterDays";
    private static final String EXPRESSION = "ScheduleExpression";
    private static final String DURATION = "Duration";
    private static final Pattern RATE = Pattern.compile("rate\\(([1-9]\\d{0,3}) (hour|day)s?\\)");
    private static final Pattern CRON = Pattern.compile("cron\\((0 (\\S+) \\S+ \\S+ \\S+ \\*)\\)");
    private static final Pattern HOURS = Pattern.compile("([1-9]\\d?)h");
    private static final int MAX_DAYS = 1000;
    private static final int MIN_INTERVAL_HOURS = 4;
    private static final int WINDOWS_CHECKED = 100;

    /**
     * Reads the rotation rules of a request.
     *
     * @throws AwsError when the rotation rules are invalid
     */
    static RotationSchedule parse(JsonNode settings, Instant now) {
        var schedule = new RotationSchedule(settings.deepCopy());
        schedule.validate(now);
        return schedule;
    }

    /**
     * The end of the first window that opens after the latest rotation. Secrets Manager rotates the secret before that
     * time.
     */
    Optional<Instant> nextWindowEnd(Instant last) {
        return windowStart(last).map(this::windowEnd);
    }

    private Optional<Instant> windowStart(Instant last) {
        ZonedDateTime midnight = last.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        Matcher rate = RATE.matcher(rate());
        if (rate.matches()) {
            int number = Integer.parseInt(rate.group(1));
            return Optional.of(
                            rate.group(2).equals("day")
                                    ? midnight.plusDays(number)
                                    : midnight.plusHours(number * (1 + hoursSince(midnight, last) / number)))
                    .map(ZonedDateTime::toInstant);
        }
        return cron().flatMap(cron -> CronExpression.parse(cron).nextAfter(last, ZoneOffset.UTC));
    }

    private static long hoursSince(ZonedDateTime midnight, Instant last) {
        return ChronoUnit.HOURS.between(midnight.toInstant(), last);
    }

    private Instant windowEnd(Instant start) {
        Matcher hours = HOURS.matcher(text(DURATION));
        if (hours.matches()) {
            return start.plus(Duration.ofHours(Integer.parseInt(hours.group(1))));
        }
        return isHourly() ? start.plus(Duration.ofHours(1)) : endOfDay(start);
    }

    private static Instant endOfDay(Instant time) {
        return time.atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(1)
                .minusSeconds(1)
                .toInstant();
    }

    private boolean isHourly() {
        Matcher cron = CRON.matcher(text(EXPRESSION));
        return rate().contains("hour") || (cron.matches() && cron.group(2).matches(".*[*/].*"));
    }

    /** Returns the value of AutomaticallyAfterDays as a rate expression. */
    private String rate() {
        return settings.has(DAYS) ? "rate(%s days)".formatted(text(DAYS)) : text(EXPRESSION);
    }

    private Optional<String> cron() {
        Matcher cron = CRON.matcher(text(EXPRESSION));
        return cron.matches() ? Optional.of(cron.group(1)) : Optional.empty();
    }

    private String text(String field) {
        return settings.path(field).asText();
    }

    private void validate(Instant now) {
        if (settings.has(DAYS) && settings.has(EXPRESSION)) {
            throw AwsError.invalidParameter("You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
        }
        if (settings.has(DAYS)
                && (settings.path(DAYS).asInt() < 1 || settings.path(DAYS).asInt() > MAX_DAYS)) {
            throw AwsError.invalidParameter("AutomaticallyAfterDays must be between 1 and %d.".formatted(MAX_DAYS));
        }
        if (settings.has(DURATION) && !HOURS.matcher(text(DURATION)).matches()) {
            throw AwsError.invalidParameter("Duration must be a number of hours, like 3h.");
        }
        if (settings.has(EXPRESSION)) {
            validateExpression();
        }
        validateWindows(now);
    }

    private void validateExpression() {
        Matcher rate = RATE.matcher(text(EXPRESSION));
        if (rate.matches()) {
            boolean tooOften = rate.group(2).equals("hour") && Integer.parseInt(rate.group(1)) < MIN_INTERVAL_HOURS;
            if (tooOften) {
                throw AwsError.invalidParameter(
                        "A secret can be rotated every %d hours at most.".formatted(MIN_INTERVAL_HOURS));
            }
            return;
        }
        try {
            CronExpression.parse(cron().orElseThrow(() -> new IllegalArgumentException("Not a cron expression")));
        } catch (IllegalArgumentException none) {
            throw AwsError.invalidParameter(
                    "ScheduleExpression must be a rate() in hours or days, or a cron() whose minute is 0 and"
                            + " whose year is *.");
        }
    }

    private void validateWindows(Instant now) {
        boolean wrong = Stream.iterate(windowStart(now), Optional::isPresent, time -> time.flatMap(this::windowStart))
                .limit(WINDOWS_CHECKED)
                .flatMap(Optional::stream)
                .anyMatch(time -> windowEnd(time).isAfter(endOfDay(time).plusSeconds(1))
                        || windowStart(time).filter(windowEnd(time)::isAfter).isPresent());
        if (wrong) {
            throw AwsError.invalidParameter("The rotation window must not reach into the next day or the next window.");
        }
    }
}
