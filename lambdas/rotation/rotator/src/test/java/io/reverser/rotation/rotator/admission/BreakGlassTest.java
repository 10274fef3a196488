package io.reverser.rotation.rotator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakGlassTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    @Test
    void isValidUntilItsEnd() {
        Map<String, String> tags = Map.of(
                "rotation:until", "2026-11-25T12:00:00Z", "rotation:by", "ada", "rotation:why", "the password leaked");
        assertThat(BreakGlass.parse(tags, NOW))
                .isEqualTo(new BreakGlass.Tags.Valid(
                        new BreakGlass(Instant.parse("2026-11-25T12:00:00Z"), "ada", "the password leaked")));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            tomorrow,             ada, leak, is not a time like
            2026-11-25T14:00:01Z, ada, leak, more than 4 hours away
            2026-11-25T12:00:00Z, ' ', leak, must name the requester
            2026-11-25T12:00:00Z, ada, '',   must name the requester
            """)
    void explainsInvalidTags(String until, String by, String why, String problem) {
        assertThat(BreakGlass.parse(Map.of("rotation:until", until, "rotation:by", by, "rotation:why", why), NOW))
                .isInstanceOfSatisfying(
                        BreakGlass.Tags.Invalid.class,
                        wrong -> assertThat(wrong.problem()).contains(problem));
    }

    @Test
    void isAbsentWithoutTagsOrAfterItsEnd() {
        assertThat(BreakGlass.parse(Map.of("team", "platform"), NOW)).isEqualTo(new BreakGlass.Tags.None());
        assertThat(BreakGlass.parse(Map.of("rotation:until", "2026-11-25T10:00:00Z"), NOW))
                .isEqualTo(new BreakGlass.Tags.None());
    }
}
