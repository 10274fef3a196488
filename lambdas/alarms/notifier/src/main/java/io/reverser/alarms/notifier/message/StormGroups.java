package io.reverser.alarms.notifier.message;

import io.reverser.alarms.notifier.event.AlarmId;
import io.reverser.alarms.notifier.event.AlarmState;
import io.reverser.alarms.notifier.outbox.Digest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The firing alarms of a storm, grouped by name prefix: a common prefix hints at the cause. */
final class StormGroups {

    private static final int MAX_GROUPS = 12;

    private StormGroups() {}

    /**
     * Alarms with a common name prefix.
     *
     * @param pattern like {@code prod-web-*}, or the name if there is only one alarm
     */
    record Group(String pattern, int alarms) {}

    static List<Group> of(Digest digest) {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, String> examples = new TreeMap<>();
        digest.states().forEach((key, state) -> {
            if (state == AlarmState.ALARM) {
                String name = AlarmId.parse(key).map(AlarmId::name).orElse(key);
                String group = namePrefix(name);
                counts.merge(group, 1, Integer::sum);
                examples.putIfAbsent(group, name);
            }
        });
        return counts.entrySet().stream()
                .map(group -> new Group(
                        group.getValue() == 1 ? examples.getOrDefault(group.getKey(), "") : group.getKey() + "*",
                        group.getValue()))
                .sorted(Comparator.comparingInt(Group::alarms).reversed().thenComparing(Group::pattern))
                .limit(MAX_GROUPS)
                .toList();
    }

    /** The first two words of an alarm's name, with their separators. */
    private static String namePrefix(String name) {
        int first = separator(name, 0);
        int second = first < 0 ? -1 : separator(name, first + 1);
        return name.substring(0, (second < 0 ? first : second) + 1);
    }

    private static int separator(String name, int from) {
        for (int i = from; i < name.length(); i++) {
            if (!Character.isLetterOrDigit(name.charAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
