package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandConfigTest {

    private static final Map<String, String> MINIMAL =
            Map.of("ACCESS_TABLE", "requests", "ACCESS_SLACK_SECRET", "slack");

    @Test
    void hasDefaults() {
        CommandConfig config = CommandConfig.from(MINIMAL);
        assertThat(config.policyFile()).hasToString("/opt/access.json");
        assertThat(config.rotationPlanFile()).hasToString("/opt/rotation.json");
        assertThat(config.slackApiUrl()).hasToString("https://slack.com/api/");
        assertThat(config.slackResponseUrlPrefix()).isEqualTo("https://hooks.slack.com/");
        assertThat(config.alarmQueueUrl()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCESS_TABLE", "ACCESS_SLACK_SECRET"})
    void namesTheMissingVariable(String name) {
        var without = new HashMap<>(MINIMAL);
        without.put(name, " ");
        assertThatThrownBy(() -> CommandConfig.from(without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The environment variable " + name + " is not set");
    }
}
