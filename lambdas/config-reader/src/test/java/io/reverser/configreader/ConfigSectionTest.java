package io.reverser.configreader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigSectionTest {

    private static final Map<String, String> NEW_NAMES = Map.of("usual", "default_duration", "longest", "max_duration");

    private final List<String> problems = new ArrayList<>();

    @Test
    void answersAnOldKeyWithTheNewOneAndReadsOn() throws JsonProcessingException {
        ConfigSection rule = rule("{\"usual\": \"1h\", \"longest\": \"long\"}");

        assertThat(rule.duration("default_duration")).isEqualTo(Duration.ofHours(1));
        assertThat(rule.duration("max_duration")).isZero();
        assertThat(problems)
                .containsExactly(
                        "access.rules[0].usual: found `usual`, which is now `default_duration`",
                        "access.rules[0].longest: found `longest`, which is now `max_duration`",
                        "access.rules[0].max_duration: found \"long\", expected a length of time like 30m, 1h30m, 8h or"
                                + " 1d");
    }

    @Test
    void prefersTheNewKeyWhenBothAreThere() throws JsonProcessingException {
        ConfigSection rule = rule("{\"usual\": \"1h\", \"default_duration\": \"2h\"}");

        assertThat(rule.duration("default_duration")).isEqualTo(Duration.ofHours(2));
        assertThat(problems).containsExactly("access.rules[0].usual: found `usual`, which is now `default_duration`");
    }

    @Test
    void leavesAllElseToAllowOnly() throws JsonProcessingException {
        assertThat(rule("{\"max_duration\": \"1h\"}").node().size()).isOne();
        rule("{\"max_durtion\": \"1h\"}");
        rule("[]");

        assertThat(problems)
                .containsExactly(
                        "access.rules[0].max_durtion: unknown key, did you mean max_duration?",
                        "access.rules[0]: found [], expected a section with the keys default_duration, max_duration");
    }

    @Test
    void answersAKeyThatMovedToTheTopWithItsNewPlace() throws JsonProcessingException {
        var database = new ConfigSection("database", new ObjectMapper().readTree("{\"protected\": true}"), problems)
                .movedToTop("protected", "deletion_protection")
                .allowOnly("name");

        assertThat(database.has("protected")).isFalse();
        assertThat(problems)
                .containsExactly("database.protected: found `protected`, which is now `deletion_protection` at the top"
                        + " level of the file");
    }

    private ConfigSection rule(String json) throws JsonProcessingException {
        return new ConfigSection("access.rules[0]", new ObjectMapper().readTree(json), problems)
                .renamed(NEW_NAMES)
                .allowOnly("default_duration", "max_duration");
    }
}
