package io.reverser.cdk.cli;

import io.reverser.alarms.routes.Routes;
import io.reverser.alarms.routes.Routes.RouteDecision;
import io.reverser.cdk.settings.InvalidSettingsException;
import io.reverser.cdk.settings.SettingsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * {@code ./platform route <environment> <alarm> [tag=value]...}: prints the Slack channel to which an alarm would be
 * posted, and why.
 */
public final class RouteCommand {

    private RouteCommand() {}

    /**
     * Arguments: the repository's folder, the environment, the alarm's name, and its tags like {@code
     * severity=critical}.
     */
    public static void main(String[] arguments) {
        Path config = Path.of(arguments[0]).resolve("cdk/config");
        try {
            Routes routes = SettingsFile.read(config, arguments[1]).alarms();
            System.out.println(
                    describe(routes, arguments[2], Arrays.asList(arguments).subList(3, arguments.length)));
        } catch (InvalidSettingsException | IllegalArgumentException invalid) {
            System.err.println("platform: " + invalid.getMessage());
            System.exit(1);
        }
    }

    /** Describes the route of an alarm.
     *
     * @throws IllegalArgumentException if a tag is not {@code key=value}
     */
    static String describe(Routes routes, String alarm, List<String> tags) {
        var byKey = new TreeMap<String, String>();
        for (String tag : tags) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'%s' is not a tag; write it like severity=critical".formatted(tag));
            }
            byKey.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
        RouteDecision decision = routes.select(alarm, byKey);
        String mentions = decision.route().mentions().isEmpty()
                ? "no one"
                : String.join(", ", decision.route().mentions());
        return """
                %s, with %s, is posted to %s and mentions %s
                  %s""".formatted(
                        alarm,
                        byKey.isEmpty() ? "no tags" : String.join(", ", tags),
                        decision.route().channel(),
                        mentions,
                        String.join("\n  ", decision.reasons()));
    }
}
