package io.reverser.rotation.plan;

import static io.reverser.rotation.plan.TestPlans.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads rotation plans from the settings. Validation is part of the CDK app; {@code RotationSettingsTest} tests it. */
class RotationPlanTest {

    private static final String SETTINGS = """
            {'channel': 'C0PLATFORM', 'strategy': 'alternating_users', 'users': ['reverser', 'reverser_2'],
             'rotate_after': '25d', 'max_age': '40d', 'bake': '0m', 'rollout_timeout': '20m',
             'blocking_alarms': ['dev-database-*', 'dev-reverser-no-pods'],
             'windows': [
               {'name': 'sunday night', 'zone': 'Europe/Berlin', 'days': ['SUN', 'MON'], 'start': '02:00', 'length': '3h', 'cutoff': '1h'},
               {'name': 'first saturday', 'zone': 'Europe/Berlin', 'cron': '0 22 * * SAT#1', 'length': '4h', 'cutoff': '1h'}],
             'blackouts': [{'from': '2026-12-20', 'to': '2027-01-06', 'reason': 'the year ends'}]}""";

    @Test
    void readsAllKeys() {
        RotationPlan plan = RotationPlan.read(json(SETTINGS));
        assertThat(plan.strategy()).isEqualTo(Strategy.ALTERNATING_USERS);
        assertThat(plan.users()).containsExactly("reverser", "reverser_2");
        assertThat(plan.rotateAfter()).isEqualTo(Duration.ofDays(25));
        assertThat(plan.maxAge()).isEqualTo(Duration.ofDays(40));
        assertThat(plan.bake()).isZero();
        assertThat(plan.rolloutTimeout()).isEqualTo(Duration.ofMinutes(20));
        assertThat(plan.windows().windows())
                .extracting(MaintenanceWindow::name)
                .containsExactly("sunday night", "first saturday");
        assertThat(plan.windows().blackouts()).extracting(Blackout::reason).containsExactly("the year ends");
    }

    @ParameterizedTest
    @CsvSource({
        "dev-database-cpu, true",
        "dev-reverser-no-pods, true",
        "dev-reverser-memory, false",
        "prod-database-cpu, false"
    })
    void matchesBlockingAlarms(String alarm, boolean blocking) {
        assertThat(RotationPlan.read(json(SETTINGS)).isBlockingAlarm(alarm)).isEqualTo(blocking);
    }

    @ParameterizedTest
    @CsvSource({
        "'', channel",
        "'', strategy",
        "'', rotate_after",
        "'', max_age",
        "'', bake",
        "'', rollout_timeout",
        "'', windows",
        "/windows/0, name",
        "/windows/0, zone",
        "/windows/0, days",
        "/windows/0, start",
        "/windows/0, length",
        "/windows/0, cutoff",
        "/blackouts/0, from",
        "/blackouts/0, to",
        "/blackouts/0, reason"
    })
    void rejectsMissingKeys(String place, String key) {
        JsonNode settings = json(SETTINGS);
        ((ObjectNode) settings.at(place)).remove(key);
        assertThatThrownBy(() -> RotationPlan.read(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }
}
