package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.clock.MovableClock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * EventBridge Scheduler, one-time schedules, on the clock that can be moved.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html">CreateSchedule</a>
 */
public final class Scheduler implements Service, AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-_.]{1,64}");
    private static final Pattern AT = Pattern.compile("at\\((\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\)");
    private static final long LOOK_EVERY_MS = 200;

    private final MovableClock clock;
    private final Map<String, Schedule> schedules = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, String>> targets = new CopyOnWriteArrayList<>();
    private final Thread watch = Thread.ofPlatform().daemon().name("scheduler").unstarted(this::watch);

    Scheduler(MovableClock clock) {
        this.clock = clock;
        clock.onMove(this::fire);
        watch.start();
    }

    /**
     * A schedule.
     *
     * @param input what the target gets
     */
    public record Schedule(String group, String name, Instant at, String targetArn, String input) {}

    /** All schedules that have not gone off. */
    public List<Schedule> schedules() {
        return List.copyOf(schedules.values());
    }

    /** Loses all schedules, as no scheduler should. */
    public void forgetAll() {
        schedules.clear();
    }

    /** Calls somebody with the target's ARN and its input whenever a schedule goes off. */
    public void onDue(BiConsumer<String, String> target) {
        targets.add(target);
    }

    @Override
    public String name() {
        return "Scheduler";
    }

    @Override
    public String operation(String method, List<String> path) {
        return switch (method) {
            case "POST" -> "CreateSchedule";
            case "PUT" -> "UpdateSchedule";
            case "DELETE" -> "DeleteSchedule";
            default -> "GetSchedule";
        };
    }

    @Override
    public JsonNode answer(Call call) {
        String name = call.path().getLast();
        if (!NAME.matcher(name).matches()) {
            throw new AwsError(400, "ValidationException", "The name does not match [0-9a-zA-Z-_.]{1,64}");
        }
        return switch (call.operation()) {
            case "CreateSchedule" -> create(name, call);
            case "UpdateSchedule" -> update(name, call);
            case "DeleteSchedule" -> delete(key(call.query().getOrDefault("groupName", "default"), name));
            default -> get(key(call.query().getOrDefault("groupName", "default"), name));
        };
    }

    @Override
    public void close() {
        watch.interrupt();
    }

    private JsonNode create(String name, Call call) {
        Schedule schedule = schedule(name, call);
        if (schedules.putIfAbsent(key(schedule.group(), name), schedule) != null) {
            throw new AwsError(409, "ConflictException", "Schedule " + name + " already exists.");
        }
        return arn(schedule);
    }

    private JsonNode update(String name, Call call) {
        Schedule schedule = schedule(name, call);
        if (schedules.replace(key(schedule.group(), name), schedule) == null) {
            throw notFound(name);
        }
        return arn(schedule);
    }

    private JsonNode delete(String key) {
        if (schedules.remove(key) == null) {
            throw notFound(key);
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode get(String key) {
        return arn(Optional.ofNullable(schedules.get(key)).orElseThrow(() -> notFound(key)));
    }

    private static Schedule schedule(String name, Call call) {
        JsonNode body = call.body();
        Matcher at = AT.matcher(body.path("ScheduleExpression").asText());
        if (!at.matches()) {
            throw new AwsError(400, "ValidationException", "Invalid Schedule Expression");
        }
        if (!body.path("FlexibleTimeWindow").has("Mode")) {
            throw new AwsError(400, "ValidationException", "FlexibleTimeWindow is required");
        }
        JsonNode target = body.path("Target");
        if (target.path("Arn").asText().isEmpty()
                || target.path("RoleArn").asText().isEmpty()) {
            throw new AwsError(400, "ValidationException", "A target needs an Arn and a RoleArn");
        }
        ZoneId zone = ZoneId.of(body.path("ScheduleExpressionTimezone").asText("UTC"));
        return new Schedule(
                body.path("GroupName").asText("default"),
                name,
                LocalDateTime.parse(at.group(1)).atZone(zone).toInstant(),
                target.path("Arn").asText(),
                target.path("Input").asText());
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MS);
                fire();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void fire() {
        Instant now = clock.instant();
        schedules.forEach((key, schedule) -> {
            if (!now.isBefore(schedule.at()) && schedules.remove(key, schedule)) {
                targets.forEach(target -> target.accept(schedule.targetArn(), schedule.input()));
            }
        });
    }

    private static JsonNode arn(Schedule schedule) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(
                        "ScheduleArn",
                        "arn:aws:scheduler:eu-central-1:111122223333:schedule/" + schedule.group() + "/"
                                + schedule.name());
    }

    private static AwsError notFound(String name) {
        return new AwsError(404, "ResourceNotFoundException", "Schedule " + name + " does not exist.");
    }

    private static String key(String group, String name) {
        return group + "/" + name;
    }
}
