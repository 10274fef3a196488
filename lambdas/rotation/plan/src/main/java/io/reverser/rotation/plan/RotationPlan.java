package io.reverser.rotation.plan;

import io.reverser.settings.Durations;
import io.reverser.settings.Section;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When the database password changes, and how. The section {@code rotation} of an environment's settings.
 *
 * @param channel a Slack channel ID
 * @param users both accounts where they alternate; else none
 * @param dueAfter it changes in the first window in which it is at least this old
 * @param promise an alarm rings when it gets older
 * @param bake new pods are watched for so long before the old password is dropped
 * @param rolloutWithin all pods have to be new after so long
 * @param quietAlarms patterns with {@code *} of alarms of which none may ring
 */
public record RotationPlan(
        String channel,
        Strategy strategy,
        List<String> users,
        Duration dueAfter,
        Duration promise,
        Duration bake,
        Duration rolloutWithin,
        List<String> quietAlarms,
        MaintenanceWindows windows) {

    private static final Pattern CHANNEL = Pattern.compile("[CG][A-Z0-9]{2,20}");
    private static final Pattern USER = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Pattern ALARM = Pattern.compile("\\S{1,255}");
    private static final Duration USUAL_BAKE = Duration.ofMinutes(10);
    private static final Duration USUAL_ROLLOUT = Duration.ofMinutes(15);

    /** Keeps its own lists. */
    public RotationPlan {
        users = List.copyOf(users);
        quietAlarms = List.copyOf(quietAlarms);
    }

    /** Reads the section; what is wrong is noted in it. */
    public static RotationPlan read(Section rotation) {
        rotation.knows(
                "channel",
                "strategy",
                "users",
                "due_after",
                "promise",
                "bake",
                "rollout_within",
                "quiet_alarms",
                "windows",
                "blackouts");
        Strategy strategy = strategy(rotation);
        Duration dueAfter = rotation.duration("due_after");
        Duration bake = bake(rotation);
        Duration rolloutWithin = rotation.duration("rollout_within", USUAL_ROLLOUT);
        return new RotationPlan(
                rotation.text("channel", CHANNEL, "a channel ID like C012AB3C4"),
                strategy,
                users(rotation, strategy),
                dueAfter,
                promise(rotation, dueAfter),
                bake,
                rolloutWithin,
                texts(rotation, "quiet_alarms", ALARM, "the name of an alarm, or a part of it with *"),
                windows(rotation, rolloutWithin.plus(bake)));
    }

    /** Whether this alarm may not ring when something begins. */
    public boolean mustBeQuiet(String alarm) {
        return quietAlarms.stream().anyMatch(pattern -> fits(pattern, alarm));
    }

    private static Strategy strategy(Section rotation) {
        return Strategy.of(rotation.node().path("strategy").asText()).orElseGet(() -> {
            rotation.problem(
                    "strategy",
                    Arrays.stream(Strategy.values()).map(Strategy::text).collect(Collectors.joining(", or ")));
            return Strategy.DUAL_PASSWORD;
        });
    }

    private static List<String> users(Section rotation, Strategy strategy) {
        if (strategy != Strategy.ALTERNATING_USERS) {
            if (rotation.has("users")) {
                rotation.problem("users", "nothing; only the strategy alternating_users has users of its own");
            }
            return List.of();
        }
        List<String> users = texts(
                rotation, "users", USER, "a MySQL user, a small letter and up to 31 of them, digits or underscores");
        if (users.size() != 2 || new HashSet<>(users).size() != 2) {
            rotation.problem("users", "two different users, which take turns");
        }
        return users;
    }

    private static Duration promise(Section rotation, Duration dueAfter) {
        Duration promise = rotation.duration("promise");
        if (!promise.isZero() && promise.compareTo(dueAfter) <= 0) {
            rotation.problem("promise", "more than due_after, " + Durations.text(dueAfter));
        }
        return promise;
    }

    /** The only length of time that may be none. */
    private static Duration bake(Section rotation) {
        return rotation.node().path("bake").asText().equals("0m")
                ? Duration.ZERO
                : rotation.duration("bake", USUAL_BAKE);
    }

    private static MaintenanceWindows windows(Section rotation, Duration reserve) {
        var reader = new WindowReader(reserve);
        List<MaintenanceWindow> windows = rotation.rows("windows").stream()
                .map(reader::read)
                .flatMap(Optional::stream)
                .toList();
        long names = windows.stream().map(MaintenanceWindow::name).distinct().count();
        if (names < windows.size()) {
            rotation.problem("windows", "a name of its own for each");
        }
        List<Blackout> blackouts = rotation.has("blackouts")
                ? rotation.rows("blackouts").stream()
                        .map(Blackout::read)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
        return new MaintenanceWindows(windows, blackouts);
    }

    private static List<String> texts(Section rotation, String key, Pattern form, String expected) {
        return rotation.has(key)
                ? rotation.each(
                        key,
                        text -> Optional.of(text)
                                .filter(found -> form.matcher(found).matches()),
                        expected)
                : List.of();
    }

    private static boolean fits(String pattern, String alarm) {
        String expression =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.matches(expression, alarm);
    }
}
