package io.reverser.configreader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    /** Prevents a bug of another tool (sso-elevator#62): 24 h was parsed as 0 h. */
    @ParameterizedTest
    @CsvSource({"30m, PT30M", "1h, PT1H", "24h, PT24H", "1d, PT24H", "1h30m, PT1H30M", "90m, PT1H30M", "' 2H ', PT2H"})
    void parsesDurations(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0m",
                "0h0m",
                "1",
                "h",
                "m30",
                "1.5h",
                "-1h",
                "1h 30m",
                "30m1h",
                "1w",
                "1h30",
                "9999999m",
                "PT1H"
            })
    void rejectsInvalidDurations(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void parsesItsOwnFormat() {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            Duration duration = Duration.ofMinutes(random.nextInt(1, 20 * 24 * 60));
            assertThat(Durations.parse(Durations.format(duration))).contains(duration);
        }
    }
}
