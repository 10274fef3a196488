package io.reverser.configreader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigJsonTest {

    @TempDir
    Path folder;

    @Test
    void readsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("access.json"), "{\"team\": \"T0\"}");
        assertThat(ConfigJson.text(ConfigJson.read(file), "team")).isEqualTo("T0");
    }

    @Test
    void reportsUnreadableFile() throws IOException {
        assertThatThrownBy(() -> ConfigJson.read(folder.resolve("none.json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.json");
        Path file = Files.writeString(folder.resolve("broken.json"), "{\"team\": [");
        assertThatThrownBy(() -> ConfigJson.read(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("broken.json");
    }

    @Test
    void readsDurations() throws JsonProcessingException {
        JsonNode section = new ObjectMapper().readTree("{\"bake\": \"0m\", \"per\": \"1h30m\", \"other\": \"soon\"}");
        assertThat(ConfigJson.duration(section, "bake")).isZero();
        assertThat(ConfigJson.duration(section, "per")).isEqualTo(Duration.ofMinutes(90));
        assertThatThrownBy(() -> ConfigJson.duration(section, "other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("other is not a duration: soon");
        assertThatThrownBy(() -> ConfigJson.duration(section, "missing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing");
    }
}
