package io.reverser.simulators.aws.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.scheduler.ScheduleExpression.At;
import io.reverser.simulators.aws.scheduler.Scheduler.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A schedule and the time of its next invocation, if there is one.
 *
 * @param settings the input of CreateSchedule, with default values for omitted fields
 */
record PlannedSchedule(
        ObjectNode settings, ScheduleExpression expression, Optional<Instant> nextFire, Instant created) {

    private static final String DEFAULT_GROUP = "default";
    private static final Pattern ROLE = Pattern.compile("arn:aws(-[a-z]+)?:iam::\\d{12}:role/[\\w+=,.@/-]+");

    /**
     * Creates a schedule from the input of CreateSchedule or UpdateSchedule.
     *
     * @throws AwsError when the input is invalid
     */
    static PlannedSchedule of(String name, JsonNode body, Instant now) {
        validate(body, now);
        ObjectNode settings = body.deepCopy();
        settings.remove("ClientToken");
        settings.put("Name", name)
                .put("GroupName", body.path("GroupName").asText(DEFAULT_GROUP))
                .put("State", body.path("State").asText("ENABLED"))
                .put(
                        "ScheduleExpressionTimezone",
                        body.path("ScheduleExpressionTimezone").asText("UTC"));
        ScheduleExpression expression = ScheduleExpression.parse(body, parseTime(body, "StartDate"), now);
        var schedule = new PlannedSchedule(settings, expression, Optional.empty(), now);
        return schedule.withNextFire(expression.firstFire(now));
    }

    PlannedSchedule withCreated(Instant originalCreated) {
        return new PlannedSchedule(settings, expression, nextFire, originalCreated);
    }

    String key() {
        return key(text("GroupName"), text("Name"));
    }

    static String key(String group, String name) {
        return group + "/" + name;
    }

    String arn() {
        return "arn:aws:scheduler:eu-central-1:111122223333:schedule/" + key();
    }

    boolean isDue(Instant now) {
        return text("State").equals("ENABLED")
                && nextFire.filter(time -> !now.isBefore(time)).isPresent();
    }

    /**
     * Plans the next invocation after the schedule fired. A schedule that missed several times because the clock moved
     * fires only once. Empty if the schedule is to be deleted.
     */
    Optional<PlannedSchedule> afterFiring(Instant now) {
        PlannedSchedule remaining = withNextFire(expression.nextFireAfter(now));
        boolean isGone = text("ActionAfterCompletion").equals("DELETE");
        return remaining.nextFire.isEmpty() && isGone ? Optional.empty() : Optional.of(remaining);
    }

    /**
     * Plans the next invocation again after the clock was moved back. Returns the schedule if its next invocation is
     * now earlier; otherwise empty.
     */
    Optional<PlannedSchedule> replannedEarlier(Instant now) {
        PlannedSchedule replanned = withNextFire(expression.nextFireAfter(now));
        return replanned
                .nextFire
                .filter(time -> nextFire.isEmpty() || time.isBefore(nextFire.get()))
                .map(time -> replanned);
    }

    Optional<Schedule> toSchedule() {
        return nextFire.map(time -> new Schedule(
                text("GroupName"),
                text("Name"),
                time,
                settings.path("Target").path("Arn").asText(),
                settings.path("Target").path("Input").asText()));
    }

    /** The schedule as GetSchedule returns it. */
    ObjectNode toDescription() {
        return settings.deepCopy().put("Arn", arn()).put("CreationDate", created.toEpochMilli() / 1000.0);
    }

    private PlannedSchedule withNextFire(Optional<Instant> time) {
        Optional<Instant> end = expression instanceof At ? Optional.empty() : parseTime(settings, "EndDate");
        Optional<Instant> bounded =
                time.filter(candidate -> end.filter(candidate::isAfter).isEmpty());
        return new PlannedSchedule(settings, expression, bounded, created);
    }

    private String text(String field) {
        return settings.path(field).asText();
    }

    private static void validate(JsonNode body, Instant now) {
        JsonNode window = body.path("FlexibleTimeWindow");
        String mode = window.path("Mode").asText();
        if (!List.of("OFF", "FLEXIBLE").contains(mode)) {
            throw invalid("FlexibleTimeWindow is required");
        }
        if (mode.equals("FLEXIBLE") && !window.has("MaximumWindowInMinutes")) {
            throw invalid("A flexible time window has a length");
        }
        JsonNode target = body.path("Target");
        if (target.path("Arn").asText().isEmpty()
                || !ROLE.matcher(target.path("RoleArn").asText()).matches()) {
            throw invalid("A target needs an Arn and a RoleArn");
        }
        if (!List.of("ENABLED", "DISABLED").contains(body.path("State").asText("ENABLED"))) {
            throw invalid("The state is ENABLED or DISABLED");
        }
        Instant start = parseTime(body, "StartDate").orElse(now);
        if (parseTime(body, "EndDate").filter(end -> !end.isAfter(start)).isPresent()) {
            throw invalid("The EndDate must come after the StartDate, and after now");
        }
    }

    private static Optional<Instant> parseTime(JsonNode body, String field) {
        return Optional.of(body.path(field))
                .filter(JsonNode::isNumber)
                .map(seconds -> Instant.ofEpochMilli(Math.round(seconds.asDouble() * 1000)));
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "ValidationException", message);
    }
}
