package io.reverser.cdk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.alarms.routes.Routes;
import io.reverser.cdk.settings.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteCommandTest {

    private static final Routes ROUTES =
            SettingsFile.read(Path.of("config"), "dev").alarms();

    @Test
    void describesRouteAndReasons() {
        assertThat(RouteCommand.describe(ROUTES, "dev-database-cpu", List.of("severity=warning")))
                .isEqualTo("""
                        dev-database-cpu, with severity=warning, is posted to C0DATABASE and mentions no one
                          page on-call: no, the tag severity is warning, not critical
                          the database: yes""");
        assertThat(RouteCommand.describe(ROUTES, "dev-access-overdue", List.of("severity=critical", "team=platform")))
                .isEqualTo("""
                        dev-access-overdue, with severity=critical, team=platform, is posted to C0ONCALL and mentions S0ONCALL
                          page on-call: yes""");
    }

    @Test
    void rejectsMalformedTags() {
        assertThatThrownBy(() -> RouteCommand.describe(ROUTES, "x", List.of("critical")))
                .hasMessage("'critical' is not a tag; write it like severity=critical");
    }
}
