package io.reverser.alarms.routes;

import io.reverser.configreader.Glob;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where some alarms go.
 *
 * @param names patterns with {@code *}, of which one has to fit; all names where there is none
 * @param tags patterns by key, which all have to fit
 * @param channel a Slack channel ID
 * @param mentions Slack user or user group IDs that are called when it rings
 */
public record Route(String name, List<String> names, Map<String, String> tags, String channel, List<String> mentions) {

    /** Keeps its own lists. */
    public Route {
        names = List.copyOf(names);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        mentions = List.copyOf(mentions);
    }

    /** Why an alarm does not go there; nothing when it does. */
    Optional<String> mismatch(String alarm, Map<String, String> alarmTags) {
        if (!names.isEmpty() && names.stream().noneMatch(pattern -> Glob.matches(pattern, alarm))) {
            return Optional.of("the name fits none of " + String.join(", ", names));
        }
        return tags.entrySet().stream()
                .filter(wanted -> !Glob.matches(wanted.getValue(), alarmTags.getOrDefault(wanted.getKey(), "")))
                .findFirst()
                .map(wanted -> "the tag %s is %s and not %s"
                        .formatted(
                                wanted.getKey(),
                                alarmTags.getOrDefault(wanted.getKey(), "not there"),
                                wanted.getValue()));
    }
}
