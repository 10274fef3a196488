package io.reverser.rotation.plan;

import io.reverser.configreader.ConfigSection;
import io.reverser.configreader.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When the database password changes, and how. The section {@code rotation} of an environment's settings.
 *
 * @param channel a Slack channel ID
 * @param users both accounts where they alternate; else none
 * @param rotateAfter it changes in the first window in which it is at least this old
 * @param maxAge an alarm rings when it gets older
 * @param bake new pods are watched for so long before the old password is dropped
 * @param rolloutTimeout all pods have to be new after so long
 * @param blockingAlarms patterns with {@code *} of alarms of which none may ring
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

    /** Keeps its own lists. */
    public RotationPlan {
        users = List.copyOf(users);
        blockingAlarms = List.copyOf(blockingAlarms);
    }

    /** Reads the section; what is wrong is reported in it. */
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
                texts(rotation, "blocking_alarms", ALARM, "the name of an alarm, or a part of it with *"),
                windows(rotation, rolloutTimeout.plus(bake)));
    }

    /** Whether this alarm may not ring when something begins. */
    public boolean isBlockingAlarm(String alarm) {
        return blockingAlarms.stream().anyMatch(pattern -> matchesGlob(pattern, alarm));
    }

    private static Strategy strategy(ConfigSection rotation) {
        return Strategy.of(rotation.node().path("strategy").asText()).orElseGet(() -> {
            rotation.reject(
                    "strategy",
                    Arrays.stream(Strategy.values()).map(Strategy::text).collect(Collectors.joining(", or ")));
            return Strategy.DUAL_PASSWORD;
        });
    }

    private static List<String> users(ConfigSection rotation, Strategy strategy) {
        if (strategy != Strategy.ALTERNATING_USERS) {
            if (rotation.has("users")) {
                rotation.reject("users", "nothing; only the strategy alternating_users has users of its own");
            }
            return List.of();
        }
        List<String> users = texts(
                rotation, "users", USER, "a MySQL user, a small letter and up to 31 of them, digits or underscores");
        if (users.size() != 2 || new HashSet<>(users).size() != 2) {
            rotation.reject("users", "two different users, which take turns");
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

    /** The only length of time that may be none. */
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
            rotation.reject("windows", "a name of its own for each");
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

    private static boolean matchesGlob(String pattern, String alarm) {
        String expression =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.matches(expression, alarm);
    }
}
