package io.reverser.alarms.routes;

import static io.reverser.configreader.ConfigJson.text;
import static io.reverser.configreader.ConfigJson.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Routes an alarm to the Slack channel of the first matching route, or else of the default route. The routes are in the
 * section {@code alarms} of an environment's settings.
 *
 * @param defaultRoute for alarms that match no other route
 */
public record Routes(List<Route> inOrder, Route defaultRoute) {

    /** Copies the list, so that the record is immutable. */
    public Routes {
        inOrder = List.copyOf(inOrder);
    }

    /**
     * The selected route.
     *
     * @param reasons for each evaluated route, whether it matches and why not
     */
    public record RouteDecision(Route route, List<String> reasons) {

        /** Copies the list, so that the record is immutable. */
        public RouteDecision {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Reads the section {@code alarms} of the settings.
     *
     * @throws IllegalArgumentException for a missing key
     */
    public static Routes read(JsonNode alarms) {
        return new Routes(
                alarms.path("routes").valueStream().map(Routes::readRoute).toList(), readRoute("default", alarms));
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

    private static Route readRoute(JsonNode route) {
        return readRoute(text(route, "name"), route);
    }

    private static Route readRoute(String name, JsonNode route) {
        return new Route(
                name,
                texts(route.path("names")),
                route.path("tags")
                        .propertyStream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, tag -> tag.getValue().asText())),
                text(route, "channel"),
                texts(route.path("mention")));
    }
}
