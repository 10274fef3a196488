package io.reverser.simulators.aws.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.clock.MovableClock;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.IamRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * EventBridge Scheduler on the movable clock: one-time schedules, rates and cron expressions. A recurring schedule fires once
 * when the clock moves over several of its times.
 *
 * <p>Not simulated: groups, flexible windows (schedules fire at the start of the window), retries and dead-letter queues of
 * targets, KMS.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html">CreateSchedule</a>
 */
public final class Scheduler implements SimulatedApi, AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-_.]{1,64}");
    private static final long POLL_INTERVAL_MS = 200;

    private final MovableClock clock;
    private final Map<String, PlannedSchedule> schedules = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, String>> targets = new CopyOnWriteArrayList<>();
    private final Thread pollThread =
            Thread.ofPlatform().daemon().name("scheduler").unstarted(this::poll);

    public Scheduler(MovableClock clock) {
        this.clock = clock;
        clock.onMove(this::fireDue);
        pollThread.start();
    }

    /**
     * A schedule.
     *
     * @param nextFire the time of the schedule's next invocation
     * @param input the input that the target receives
     */
    public record Schedule(String group, String name, Instant nextFire, String targetArn, String input) {}

    /** All schedules that have a next invocation. */
    public List<Schedule> schedules() {
        return schedules.values().stream()
                .flatMap(schedule -> schedule.toSchedule().stream())
                .toList();
    }

    /**
     * Creates a schedule out of band, as a deployment would.
     *
     * @param input the input of CreateSchedule
     */
    public void createSchedule(String name, JsonNode input) {
        createSchedule(PlannedSchedule.of(name, input, clock.instant()));
    }

    /** Deletes all schedules, to simulate their loss. The real service does not lose schedules. */
    public void deleteAll() {
        schedules.clear();
    }

    /** Adds a listener, which is called with the target's ARN and the target's input when a schedule fires. */
    public void onFire(BiConsumer<String, String> target) {
        targets.add(target);
    }

    @Override
    public String name() {
        return "Scheduler";
    }

    @Override
    public String resolveOperation(String method, List<String> path) {
        return switch (method) {
            case "POST" -> "CreateSchedule";
            case "PUT" -> "UpdateSchedule";
            case "DELETE" -> "DeleteSchedule";
            default -> "GetSchedule";
        };
    }

    /**
     * A schedule gets its target's role, so its creator needs the permission to pass that role.
     *
     * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/security-iam_service-with-iam.html">How
     *     EventBridge Scheduler works with IAM</a>
     */
    @Override
    public List<IamRequest> iamRequests(AwsRequest request) {
        String group = request.queryParameter(
                "groupName", request.body().path("GroupName").asText("default"));
        IamRequest call = IamRequest.of(
                "scheduler:" + request.operation(),
                IamRequest.arn(
                        "scheduler",
                        "schedule/" + PlannedSchedule.key(group, request.path().getLast())));
        String role = request.body().at("/Target/RoleArn").asText();
        return role.isEmpty()
                ? List.of(call)
                : List.of(
                        call,
                        IamRequest.of("iam:PassRole", role)
                                .with("iam:PassedToService", List.of("scheduler.amazonaws.com")));
    }

    @Override
    public JsonNode handle(AwsRequest request) {
        String name = request.path().getLast();
        if (!NAME.matcher(name).matches()) {
            throw new AwsError(400, "ValidationException", "The name does not match [0-9a-zA-Z-_.]{1,64}");
        }
        String key = PlannedSchedule.key(request.queryParameter("groupName", "default"), name);
        return switch (request.operation()) {
            case "CreateSchedule" -> createSchedule(PlannedSchedule.of(name, request.body(), clock.instant()));
            case "UpdateSchedule" -> updateSchedule(PlannedSchedule.of(name, request.body(), clock.instant()));
            case "DeleteSchedule" -> deleteSchedule(key);
            default ->
                Optional.ofNullable(schedules.get(key))
                        .orElseThrow(() -> notFound(key))
                        .toDescription();
        };
    }

    @Override
    public void close() {
        pollThread.interrupt();
    }

    private JsonNode createSchedule(PlannedSchedule schedule) {
        if (schedules.putIfAbsent(schedule.key(), schedule) != null) {
            throw new AwsError(409, "ConflictException", "Schedule " + schedule.key() + " already exists.");
        }
        return arnResponse(schedule);
    }

    private JsonNode updateSchedule(PlannedSchedule schedule) {
        PlannedSchedule updated =
                schedules.computeIfPresent(schedule.key(), (key, before) -> schedule.withCreated(before.created()));
        if (updated == null) {
            throw notFound(schedule.key());
        }
        return arnResponse(updated);
    }

    private JsonNode deleteSchedule(String key) {
        if (schedules.remove(key) == null) {
            throw notFound(key);
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private void poll() {
        try {
            while (true) {
                Thread.sleep(POLL_INTERVAL_MS);
                fireDue();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Invokes the listeners of all due schedules. The method is synchronized, so that a test that moves the clock
     * continues only after all due schedules have fired.
     */
    private synchronized void fireDue() {
        Instant now = clock.instant();
        schedules.forEach((key, schedule) -> {
            if (!schedule.isDue(now)) {
                schedule.replannedEarlier(now).ifPresent(earlier -> schedules.replace(key, schedule, earlier));
            } else if (replaceOrDelete(key, schedule, schedule.afterFiring(now))) {
                schedule.toSchedule()
                        .ifPresent(due -> targets.forEach(target -> target.accept(due.targetArn(), due.input())));
            }
        });
    }

    /**
     * Replaces or deletes a schedule by compare-and-set; returns false if an API call changed or deleted it in the
     * meantime.
     */
    private boolean replaceOrDelete(String key, PlannedSchedule schedule, Optional<PlannedSchedule> remaining) {
        return remaining
                .map(next -> schedules.replace(key, schedule, next))
                .orElseGet(() -> schedules.remove(key, schedule));
    }

    private static JsonNode arnResponse(PlannedSchedule schedule) {
        return JsonNodeFactory.instance.objectNode().put("ScheduleArn", schedule.arn());
    }

    private static AwsError notFound(String key) {
        return new AwsError(404, "ResourceNotFoundException", "Schedule " + key + " does not exist.");
    }
}
