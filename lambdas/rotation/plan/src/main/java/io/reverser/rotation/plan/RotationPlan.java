package io.reverser.rotation.plan;

import io.reverser.configreader.ConfigSection;
import io.reverser.configreader.Durations;
import io.reverser.configreader.Glob;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When and how the database password is rotated: the section {@code rotation} of an environment's settings.
 *
 * @param channel a Slack channel ID
 * @param users the two accounts of {@link Strategy#ALTERNATING_USERS}; otherwise none
 * @param rotateAfter minimum age of the password; it is rotated in the first window after that
 * @param maxAge an alarm fires when the password is older
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

    private static final Pattern CHANNEL = Pattern.compile("[CG][A-Z0-9]{2,20}");
    private static final Pattern USER = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Pattern ALARM = Pattern.compile("\\S{1,255}");
    private static final Duration DEFAULT_BAKE = Duration.ofMinutes(10);
    private static final Duration DEFAULT_ROLLOUT_TIMEOUT = Duration.ofMinutes(15);

    public RotationPlan {
        users = List.copyOf(users);
        blockingAlarms = List.copyOf(blockingAlarms);
    }

    /** Reads the section, and reports problems in it. */
    public static RotationPlan read(ConfigSection section) {
        ConfigSection rotation = section.renamed(Map.of(
                        "due_after",
                        "rotate_after",
                        "promise",
                        "max_age",
                        "rollout_within",
                        "rollout_timeout",
                        "quiet_alarms",
                        "blocking_alarms"))
                .allowOnly(
                        "channel",
                        "strategy",
                        "users",
                        "rotate_after",
                        "max_age",
                        "bake",
                        "rollout_timeout",
                        "blocking_alarms",
                        "windows",
                        "blackouts");
        Strategy strategy = strategy(rotation);
        Duration rotateAfter = rotation.duration("rotate_after");
        Duration bake = bake(rotation);
        Duration rolloutTimeout = rotation.duration("rollout_timeout", DEFAULT_ROLLOUT_TIMEOUT);
        return new RotationPlan(
                rotation.text("channel", CHANNEL, "a channel ID like C012AB3C4"),
                strategy,
                users(rotation, strategy),
                rotateAfter,
                maxAge(rotation, rotateAfter),
                bake,
                rolloutTimeout,
                texts(rotation, "blocking_alarms", ALARM, "the name of an alarm, in which * stands for any characters"),
                windows(rotation, rolloutTimeout.plus(bake)));
    }

    public boolean isBlockingAlarm(String alarm) {
        return blockingAlarms.stream().anyMatch(pattern -> Glob.matches(pattern, alarm));
    }

    private static Strategy strategy(ConfigSection rotation) {
        return Strategy.of(rotation.node().path("strategy").asText()).orElseGet(() -> {
            rotation.reject(
                    "strategy",
                    Arrays.stream(Strategy.values()).map(Strategy::text).collect(Collectors.joining(" or ")));
            return Strategy.DUAL_PASSWORD;
        });
    }

    private static List<String> users(ConfigSection rotation, Strategy strategy) {
        if (strategy != Strategy.ALTERNATING_USERS) {
            if (rotation.has("users")) {
                rotation.reject("users", "nothing, because only the strategy alternating_users has users");
            }
            return List.of();
        }
        List<String> users = texts(
                rotation,
                "users",
                USER,
                "a MySQL user: a lower-case letter and up to 31 lower-case letters, digits or underscores");
        if (users.size() != 2 || new HashSet<>(users).size() != 2) {
            rotation.reject("users", "two different users");
        }
        return users;
    }

    private static Duration maxAge(ConfigSection rotation, Duration rotateAfter) {
        Duration maxAge = rotation.duration("max_age");
        if (!maxAge.isZero() && maxAge.compareTo(rotateAfter) <= 0) {
            rotation.reject("max_age", "more than rotate_after, " + Durations.format(rotateAfter));
        }
        return maxAge;
    }

    /** The only duration that may be zero. */
    private static Duration bake(ConfigSection rotation) {
        return rotation.node().path("bake").asText().equals("0m")
                ? Duration.ZERO
                : rotation.duration("bake", DEFAULT_BAKE);
    }

    private static MaintenanceWindows windows(ConfigSection rotation, Duration reserve) {
        var reader = new WindowReader(reserve);
        List<MaintenanceWindow> windows = rotation.entries("windows").stream()
                .map(reader::read)
                .flatMap(Optional::stream)
                .toList();
        long names = windows.stream().map(MaintenanceWindow::name).distinct().count();
        if (names < windows.size()) {
            rotation.reject("windows", "a different name for each window");
        }
        List<Blackout> blackouts = rotation.has("blackouts")
                ? rotation.entries("blackouts").stream()
                        .map(Blackout::read)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
        return new MaintenanceWindows(windows, blackouts);
    }

    private static List<String> texts(ConfigSection rotation, String key, Pattern form, String expected) {
        return rotation.has(key)
                ? rotation.list(
                        key,
                        text -> Optional.of(text)
                                .filter(found -> form.matcher(found).matches()),
                        expected)
                : List.of();
    }
}
