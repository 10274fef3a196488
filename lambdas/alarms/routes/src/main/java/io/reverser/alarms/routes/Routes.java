package io.reverser.alarms.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.configreader.ConfigSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Routes alarms to Slack channels: the first matching route, or else the default one. The section {@code alarms} of an
 * environment's settings.
 *
 * @param defaultRoute for alarms that match no other route
 */
public record Routes(List<Route> inOrder, Route defaultRoute) {

    private static final Pattern CHANNEL_ID = Pattern.compile("[CG][A-Z0-9]{2,20}");
    private static final Pattern MENTION_ID = Pattern.compile("[USW][A-Z0-9]{2,20}");
    private static final Pattern NAME = Pattern.compile("\\S(.{0,78}\\S)?");
    private static final Pattern PATTERN = Pattern.compile("\\S{1,255}");

    /** Copies the list. */
    public Routes {
        inOrder = List.copyOf(inOrder);
    }

    /**
     * The selected route.
     *
     * @param reasons for each evaluated route, whether it matches and why not
     */
    public record RouteDecision(Route route, List<String> reasons) {

        /** Copies the list. */
        public RouteDecision {
            reasons = List.copyOf(reasons);
        }
    }

    /** Reads the section, and reports every mistake to it. */
    public static Routes read(ConfigSection alarms) {
        alarms.allowOnly("channel", "mention", "routes");
        var defaultRoute = new Route(
                "default",
                List.of(),
                Map.of(),
                alarms.text("channel", CHANNEL_ID, "a channel ID like C012AB3C4"),
                mentions(alarms));
        List<Route> routes = alarms.has("routes")
                ? alarms.entries("routes").stream().map(Routes::route).toList()
                : List.of();
        return new Routes(routes, defaultRoute);
    }

    /** Selects the route of an alarm. */
    public RouteDecision select(String alarm, Map<String, String> tags) {
        var reasons = new ArrayList<String>();
        for (Route route : inOrder) {
            Optional<String> mismatch = route.mismatch(alarm, tags);
            reasons.add(route.name() + ": "
                    + mismatch.map(reason -> "no, " + reason).orElse("yes"));
            if (mismatch.isEmpty()) {
                return new RouteDecision(route, reasons);
            }
        }
        reasons.add(defaultRoute.name() + ": yes, no other route matches");
        return new RouteDecision(defaultRoute, reasons);
    }

    /** Whether any route depends on tags. */
    public boolean hasTagRoutes() {
        return inOrder.stream().anyMatch(route -> !route.tags().isEmpty());
    }

    private static Route route(ConfigSection row) {
        row.allowOnly("name", "names", "tags", "channel", "mention");
        if (!row.has("names") && !row.has("tags")) {
            row.reject("names", "names or tags; the channel for all other alarms is set above the routes");
        }
        return new Route(
                row.text("name", NAME, "a name"),
                row.has("names") ? row.list("names", Routes::pattern, "a name, or a part of it with *") : List.of(),
                tags(row.section("tags")),
                row.text("channel", CHANNEL_ID, "a channel ID like C012AB3C4"),
                mentions(row));
    }

    private static Map<String, String> tags(ConfigSection tags) {
        var wanted = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> tag : tags.node().properties()) {
            wanted.put(tag.getKey(), tags.text(tag.getKey(), PATTERN, "the value of a tag, or a part of it with *"));
        }
        return wanted;
    }

    private static List<String> mentions(ConfigSection section) {
        return section.has("mention")
                ? section.list(
                        "mention",
                        id -> Optional.of(id)
                                .filter(text -> MENTION_ID.matcher(text).matches()),
                        "the ID of a user or a user group, like U012AB3C4 or S012AB3C4")
                : List.of();
    }

    private static Optional<String> pattern(String text) {
        return Optional.of(text).filter(name -> PATTERN.matcher(name).matches());
    }
}
