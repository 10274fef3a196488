package io.reverser.alarms.routes;

import io.reverser.configreader.Glob;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A route: the Slack channel for alarms with matching names and tags.
 *
 * @param names patterns with {@code *}, of which one has to match; every name matches an empty list
 * @param tags patterns by tag key, all of which have to match
 * @param channel a Slack channel ID
 * @param mentions IDs of Slack users and user groups that are mentioned when an alarm fires
 */
public record Route(String name, List<String> names, Map<String, String> tags, String channel, List<String> mentions) {

    /** Copies the collections, so that the route is immutable. */
    public Route {
        names = List.copyOf(names);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        mentions = List.copyOf(mentions);
    }

    /** Why an alarm does not match; empty if it does. */
    Optional<String> mismatch(String alarm, Map<String, String> alarmTags) {
        if (!names.isEmpty() && names.stream().noneMatch(pattern -> Glob.matches(pattern, alarm))) {
            return Optional.of("the name matches none of " + String.join(", ", names));
        }
        return tags.entrySet().stream()
                .filter(wanted -> !Glob.matches(wanted.getValue(), alarmTags.getOrDefault(wanted.getKey(), "")))
                .findFirst()
                .map(wanted -> "the tag %s is %s, not %s"
                        .formatted(
                                wanted.getKey(),
                                alarmTags.getOrDefault(wanted.getKey(), "missing"),
                                wanted.getValue()));
    }
}
