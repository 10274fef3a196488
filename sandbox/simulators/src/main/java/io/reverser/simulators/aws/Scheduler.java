package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.clock.MovableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * EventBridge Scheduler on the clock that can be moved: one-time schedules, rates and cron expressions. When the clock is
 * moved far, a recurring schedule goes off once, not as often as it would have.
 *
 * <p>Not simulated: groups, flexible windows (it goes off at their beginning), retries and dead-letter queues of targets, KMS.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html">CreateSchedule</a>
 */
public final class Scheduler implements Service, AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-_.]{1,64}");
    private static final long LOOK_EVERY_MS = 200;

    private final MovableClock clock;
    private final Map<String, PlannedSchedule> schedules = new ConcurrentHashMap<>();
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
     * @param at when it goes off next
     * @param input what the target gets
     */
    public record Schedule(String group, String name, Instant at, String targetArn, String input) {}

    /** All schedules that have not gone off, or will again. */
    public List<Schedule> schedules() {
        return schedules.values().stream()
                .flatMap(schedule -> schedule.shown().stream())
                .toList();
    }

    /**
     * Makes a schedule, as a deployment does.
     *
     * @param input of CreateSchedule
     */
    public void create(String name, JsonNode input) {
        create(PlannedSchedule.of(name, input, clock.instant()));
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
        String key = PlannedSchedule.key(call.asked("groupName", "default"), name);
        return switch (call.operation()) {
            case "CreateSchedule" -> create(PlannedSchedule.of(name, call.body(), clock.instant()));
            case "UpdateSchedule" -> update(PlannedSchedule.of(name, call.body(), clock.instant()));
            case "DeleteSchedule" -> delete(key);
            default ->
                Optional.ofNullable(schedules.get(key))
                        .orElseThrow(() -> notFound(key))
                        .described();
        };
    }

    @Override
    public void close() {
        watch.interrupt();
    }

    private JsonNode create(PlannedSchedule schedule) {
        if (schedules.putIfAbsent(schedule.key(), schedule) != null) {
            throw new AwsError(409, "ConflictException", "Schedule " + schedule.key() + " already exists.");
        }
        return arn(schedule);
    }

    private JsonNode update(PlannedSchedule schedule) {
        PlannedSchedule updated =
                schedules.computeIfPresent(schedule.key(), (key, before) -> schedule.made(before.created()));
        if (updated == null) {
            throw notFound(schedule.key());
        }
        return arn(updated);
    }

    private JsonNode delete(String key) {
        if (schedules.remove(key) == null) {
            throw notFound(key);
        }
        return JsonNodeFactory.instance.objectNode();
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

    /** By one at a time, so that all that is due has been handed over when the clock was moved. */
    private synchronized void fire() {
        Instant now = clock.instant();
        schedules.forEach((key, schedule) -> {
            if (!schedule.isDue(now)) {
                schedule.earlier(now).ifPresent(earlier -> schedules.replace(key, schedule, earlier));
            } else if (proceed(key, schedule, schedule.after(now))) {
                schedule.shown()
                        .ifPresent(due -> targets.forEach(target -> target.accept(due.targetArn(), due.input())));
            }
        });
    }

    /** False when somebody else was faster. */
    private boolean proceed(String key, PlannedSchedule schedule, Optional<PlannedSchedule> left) {
        return left.map(next -> schedules.replace(key, schedule, next))
                .orElseGet(() -> schedules.remove(key, schedule));
    }

    private static JsonNode arn(PlannedSchedule schedule) {
        return JsonNodeFactory.instance.objectNode().put("ScheduleArn", schedule.arn());
    }

    private static AwsError notFound(String key) {
        return new AwsError(404, "ResourceNotFoundException", "Schedule " + key + " does not exist.");
    }
}
