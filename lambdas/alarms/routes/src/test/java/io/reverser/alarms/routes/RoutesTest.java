package io.reverser.alarms.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.configreader.ConfigSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    private static final String SETTINGS = """
            {"channel": "C0USUAL", "mention": ["U0ANY"], "routes": [
              {"name": "page", "tags": {"severity": "critical"}, "channel": "C0PAGE", "mention": ["S0ONCALL"]},
              {"name": "data", "names": ["*-database-*", "backup"], "channel": "C0DATA"},
              {"name": "team", "names": ["prod-*"], "tags": {"team": "plat*", "stage": "prod"}, "channel": "C0TEAM"}]}""";

    @ParameterizedTest
    @CsvSource({
        "prod-database-cpu,       critical, '',       '',   page",
        "prod-database-cpu,       warning,  '',       '',   data",
        "prod-database-cpu,       '',       '',       '',   data",
        "backup,                  '',       '',       '',   data",
        "backup-of-yesterday,     '',       '',       '',   default",
        "prod-x,                  '',       platform, prod, team",
        "prod-x,                  '',       platform, dev,  default",
        "prod-x,                  '',       '',       prod, default",
        "other,                   CRITICAL, '',       '',   default"
    })
    void selectsTheFirstMatchingRoute(String alarm, String severity, String team, String stage, String route)
            throws JsonProcessingException {
        assertThat(routes(SETTINGS)
                        .select(alarm, Map.of("severity", severity, "team", team, "stage", stage))
                        .route()
                        .name())
                .isEqualTo(route);
    }

    @Test
    void explainsTheDecision() throws JsonProcessingException {
        assertThat(routes(SETTINGS)
                        .select("prod-web", Map.of("severity", "warning"))
                        .reasons())
                .containsExactly(
                        "page: no, the tag severity is warning, not critical",
                        "data: no, the name matches none of *-database-*, backup",
                        "team: no, the tag stage is missing, not prod",
                        "default: yes, no other route matches");
    }

    /** Characters of regular expressions match themselves. */
    @ParameterizedTest
    @CsvSource({
        "a.c, abc, false",
        "a.c, a.c, true",
        "(x|y), x, false",
        "*, anything, true",
        "a*b*c, a-b-c, true",
        "a*, ba, false"
    })
    void treatsOnlyTheStarAsAWildcard(String pattern, String name, boolean matches) throws JsonProcessingException {
        String settings = """
                {"channel": "C0USUAL", "routes": [{"name": "r", "names": ["%s"], "channel": "C0OTHER"}]}""".formatted(pattern);
        assertThat(routes(settings).select(name, Map.of()).route().channel().equals("C0OTHER"))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | alarms.channel: found nothing, expected a channel ID like C012AB3C4",
                "{'channel': '#alarms'} | alarms.channel: found \"#alarms\", expected a channel ID like C012AB3C4",
                "{'channel': 'C0A', 'chanel': 'C0B'} | alarms.chanel: unknown key",
                "{'channel': 'C0A', 'mention': ['@here']} | alarms.mention[0]: found \"@here\", expected the ID of a user",
                "{'channel': 'C0A', 'routes': []} | alarms.routes: found [], expected a list with at least one entry",
                "{'channel': 'C0A', 'routes': [{'name': 'x', 'channel': 'C0B'}]} | alarms.routes[0].names: found nothing, expected names or tags",
                "{'channel': 'C0A', 'routes': [{'name': 'x', 'channel': 'C0B', 'names': ['a b']}]} | alarms.routes[0].names[0]: found \"a b\", expected a name",
                "{'channel': 'C0A', 'routes': [{'name': 'x', 'channel': 'C0B', 'tags': {'a': 1}}]} | alarms.routes[0].tags.a: found 1, expected the value",
                "{'channel': 'C0A', 'routes': [{'channel': 'C0B', 'names': ['a']}]} | alarms.routes[0].name: found nothing, expected a name"
            })
    void reportsMistakes(String settings, String problem) throws JsonProcessingException {
        var problems = new ArrayList<String>();
        Routes.read(section(settings.replace('\'', '"'), problems));
        assertThat(problems).hasSize(1).first().asString().startsWith(problem);
    }

    private static Routes routes(String settings) throws JsonProcessingException {
        var problems = new ArrayList<String>();
        Routes routes = Routes.read(section(settings, problems));
        assertThat(problems).isEmpty();
        return routes;
    }

    private static ConfigSection section(String settings, List<String> problems) throws JsonProcessingException {
        return new ConfigSection("alarms", new ObjectMapper().readTree(settings), problems);
    }
}
