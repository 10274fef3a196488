package io.reverser.rotation.plan;

import static io.reverser.configreader.ConfigJson.duration;
import static io.reverser.configreader.ConfigJson.text;
import static io.reverser.configreader.ConfigJson.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.configreader.Glob;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * When and how the database password is rotated: the section {@code rotation} of an environment's settings.
 *
 * @param channel ID of the Slack channel that shows the progress of rotations
 * @param users the two accounts of {@link Strategy#ALTERNATING_USERS}; empty for other strategies
 * @param rotateAfter minimum age of the password; it is rotated in the first window after it reaches that age
 * @param maxAge an alarm fires when the password is older than this
 * @param bake how long new pods are watched before the old password is revoked
 * @param rolloutTimeout how long the replacement of all pods may take
 * @param blockingAlarms names, in which {@code *} stands for any characters, of alarms that prevent a rotation while
 *     they fire
 */
public record RotationPlan(
        String channel,
        Strategy strategy,
        List<String> users,
        Duration rotateAfter,
        Duration maxAge,
        Duration bake,
        Duration rolloutTimeout,
        List<String> blockingAlarms,
        MaintenanceWindows windows) {

    public RotationPlan {
        users = List.copyOf(users);
        blockingAlarms = List.copyOf(blockingAlarms);
    }

    /**
     * Reads the section {@code rotation} of the settings.
     *
     * @throws IllegalArgumentException for a missing key
     */
    public static RotationPlan read(JsonNode rotation) {
        return new RotationPlan(
                text(rotation, "channel"),
                Strategy.of(text(rotation, "strategy")),
                texts(rotation.path("users")),
                duration(rotation, "rotate_after"),
                duration(rotation, "max_age"),
                duration(rotation, "bake"),
                duration(rotation, "rollout_timeout"),
                texts(rotation.path("blocking_alarms")),
                new MaintenanceWindows(
                        rotation.required("windows")
                                .valueStream()
                                .map(RotationPlan::readWindow)
                                .toList(),
                        rotation.path("blackouts")
                                .valueStream()
                                .map(RotationPlan::readBlackout)
                                .toList()));
    }

    public boolean isBlockingAlarm(String alarm) {
        return blockingAlarms.stream().anyMatch(pattern -> Glob.matches(pattern, alarm));
    }

    private static MaintenanceWindow readWindow(JsonNode window) {
        return new MaintenanceWindow(
                text(window, "name"),
                ZoneId.of(text(window, "zone")),
                window.has("cron")
                        ? Recurrence.cron(window.path("cron").asText())
                        : Recurrence.weekly(texts(window.required("days")), LocalTime.parse(text(window, "start"))),
                duration(window, "length"),
                duration(window, "cutoff"));
    }

    private static Blackout readBlackout(JsonNode blackout) {
        return new Blackout(
                LocalDate.parse(text(blackout, "from")),
                LocalDate.parse(text(blackout, "to")),
                text(blackout, "reason"));
    }
}
