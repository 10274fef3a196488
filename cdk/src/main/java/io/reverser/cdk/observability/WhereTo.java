package io.reverser.cdk.observability;

import io.reverser.alarms.routes.Routes;
import io.reverser.alarms.routes.Routes.Way;
import io.reverser.cdk.settings.InvalidSettings;
import io.reverser.cdk.settings.SettingsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** {@code ./platform route <environment> <alarm> [tag=value]...}: where an alarm would go in Slack, and why. */
public final class WhereTo {

    private WhereTo() {}

    /** Arguments: the repository's folder, the environment, the alarm's name, and its tags like {@code severity=critical}. */
    public static void main(String[] arguments) {
        Path config = Path.of(arguments[0]).resolve("cdk/config");
        try {
            Routes routes = SettingsFile.read(config, arguments[1]).alarms();
            System.out.println(
                    answer(routes, arguments[2], Arrays.asList(arguments).subList(3, arguments.length)));
        } catch (InvalidSettings | IllegalArgumentException wrong) {
            System.err.println("platform: " + wrong.getMessage());
            System.exit(1);
        }
    }

    /**
     * Says it.
     *
     * @throws IllegalArgumentException for what is no tag
     */
    static String answer(Routes routes, String alarm, List<String> tags) {
        var byKey = new TreeMap<String, String>();
        for (String tag : tags) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'%s' is no tag; write it like severity=critical".formatted(tag));
            }
            byKey.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
        Way way = routes.way(alarm, byKey);
        String called = way.route().mentions().isEmpty()
                ? "nobody"
                : String.join(", ", way.route().mentions());
        return """
                %s, with %s, goes to %s and calls %s
                  %s""".formatted(
                        alarm,
                        byKey.isEmpty() ? "no tags" : String.join(", ", tags),
                        way.route().channel(),
                        called,
                        String.join("\n  ", way.why()));
    }
}
