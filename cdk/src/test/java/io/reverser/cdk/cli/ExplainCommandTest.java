package io.reverser.cdk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.cdk.settings.SettingsFile;
import io.reverser.rotation.plan.WindowExplanation;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

    @ParameterizedTest
    @CsvSource({
        "2026-12-24T22:00Z, 2026-12-24T22:00:00Z",
        "2026-12-24T22:00:30Z, 2026-12-24T22:00:30Z",
        "2026-12-24T23:00+01:00, 2026-12-24T22:00:00Z"
    })
    void parsesTimes(String text, Instant time) {
        assertThat(ExplainCommand.parseTime(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2026-12-24", "2026-12-24T22:00", "22:00Z"})
    void rejectsTimesWithoutOffset(String text) {
        assertThatThrownBy(() -> ExplainCommand.parseTime(text))
                .hasMessage(
                        "'%s' is not a time with a UTC offset; write it like 2026-12-24T22:00Z or 2026-12-24T23:00+01:00",
                        text);
    }

    @Test
    void explainsMaintenanceWindows() {
        assertThat(WindowExplanation.describe(
                        SettingsFile.read(Path.of("config"), "prod").rotation().windows(),
                        ExplainCommand.parseTime("2026-12-27T03:00+01:00")))
                .startsWith("CLOSED at Sun 2026-12-27 02:00 UTC\nA blackout keeps sunday night closed:")
                .contains("2026-12-20 to 2027-01-06: the year ends", "5. first saturday");
    }
}
