package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSettingsTest {

    private static final Map<String, String> LEAST = Map.of("ACCESS_TABLE", "requests", "ACCESS_SLACK_SECRET", "slack");

    @Test
    void knowsWhereEverythingUsuallyIs() {
        CommandSettings settings = CommandSettings.from(LEAST);
        assertThat(settings.policyFile()).hasToString("/opt/access.json");
        assertThat(settings.planFile()).hasToString("/opt/rotation.json");
        assertThat(settings.slackApi()).hasToString("https://slack.com/api/");
        assertThat(settings.slackResponses()).isEqualTo("https://hooks.slack.com/");
        assertThat(settings.alarmClicks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCESS_TABLE", "ACCESS_SLACK_SECRET"})
    void namesWhatIsMissing(String name) {
        var without = new HashMap<>(LEAST);
        without.put(name, " ");
        assertThatThrownBy(() -> CommandSettings.from(without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The environment variable " + name + " is not set");
    }
}
