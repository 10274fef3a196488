package io.reverser.alarms.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where alarms go: the first route that fits, or else the usual one. The section {@code alarms} of an environment's settings.
 *
 * @param usual for what no route fits
 */
public record Routes(List<Route> inOrder, Route usual) {

    private static final Pattern CHANNEL = Pattern.compile("[CG][A-Z0-9]{2,20}");
    private static final Pattern SOMEBODY = Pattern.compile("[USW][A-Z0-9]{2,20}");
    private static final Pattern NAME = Pattern.compile("\\S(.{0,78}\\S)?");
    private static final Pattern PATTERN = Pattern.compile("\\S{1,255}");

    /** Keeps its own list. */
    public Routes {
        inOrder = List.copyOf(inOrder);
    }

    /**
     * Which way an alarm goes.
     *
     * @param why for each route that was looked at, that it fits or why not
     */
    public record Way(Route route, List<String> why) {

        /** Keeps its own list. */
        public Way {
            why = List.copyOf(why);
        }
    }

    /** Reads the section; what is wrong is noted in it. */
    public static Routes read(Section alarms) {
        alarms.knows("channel", "mention", "routes");
        var usual = new Route(
                "the usual one",
                List.of(),
                Map.of(),
                alarms.text("channel", CHANNEL, "a channel ID like C012AB3C4"),
                mentions(alarms));
        List<Route> routes = alarms.has("routes")
                ? alarms.rows("routes").stream().map(Routes::route).toList()
                : List.of();
        return new Routes(routes, usual);
    }

    /** Looks for the way of an alarm. */
    public Way way(String alarm, Map<String, String> tags) {
        var why = new ArrayList<String>();
        for (Route route : inOrder) {
            Optional<String> obstacle = route.obstacle(alarm, tags);
            why.add(route.name() + ": "
                    + obstacle.map(reason -> "no, " + reason).orElse("yes"));
            if (obstacle.isEmpty()) {
                return new Way(route, why);
            }
        }
        why.add(usual.name() + ": yes, because no other fits");
        return new Way(usual, why);
    }

    /** Whether any route looks at tags. */
    public boolean askForTags() {
        return inOrder.stream().anyMatch(route -> !route.tags().isEmpty());
    }

    private static Route route(Section row) {
        row.knows("name", "names", "tags", "channel", "mention");
        if (!row.has("names") && !row.has("tags")) {
            row.problem("names", "names or tags; what fits every alarm is the channel above the routes");
        }
        return new Route(
                row.text("name", NAME, "a name"),
                row.has("names") ? row.each("names", Routes::pattern, "a name, or a part of it with *") : List.of(),
                tags(row.section("tags")),
                row.text("channel", CHANNEL, "a channel ID like C012AB3C4"),
                mentions(row));
    }

    private static Map<String, String> tags(Section tags) {
        var wanted = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> tag : tags.node().properties()) {
            wanted.put(tag.getKey(), tags.text(tag.getKey(), PATTERN, "the value of a tag, or a part of it with *"));
        }
        return wanted;
    }

    private static List<String> mentions(Section section) {
        return section.has("mention")
                ? section.each(
                        "mention",
                        id -> Optional.of(id)
                                .filter(text -> SOMEBODY.matcher(text).matches()),
                        "the ID of a person or a user group, like U012AB3C4 or S012AB3C4")
                : List.of();
    }

    private static Optional<String> pattern(String text) {
        return Optional.of(text).filter(name -> PATTERN.matcher(name).matches());
    }
}
