package io.reverser.alarms.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads and selects routes. Validation is part of the CDK app; {@code AlarmSettingsTest} tests it. */
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

    /** Special characters of regular expressions have no special meaning in a route's patterns. */
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
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'channel': 'C0A', 'routes': [{'name': 'x', 'names': ['a']}]}",
                "{'channel': 'C0A', 'routes': [{'channel': 'C0B', 'names': ['a']}]}"
            })
    void rejectsMissingKeys(String settings) {
        assertThatThrownBy(() -> routes(settings.replace('\'', '"'))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Routes routes(String settings) throws JsonProcessingException {
        return Routes.read(new ObjectMapper().readTree(settings));
    }
}
