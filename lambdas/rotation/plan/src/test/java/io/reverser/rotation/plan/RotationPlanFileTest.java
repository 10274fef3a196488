package io.reverser.rotation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationPlanFileTest {

    @TempDir
    Path folder;

    @Test
    void readsJsonFile() throws IOException {
        String settings = """
                {'channel': 'C0PLATFORM', 'strategy': 'single_user', 'rotate_after': '25d', 'max_age': '40d', 'windows': [%s]}""".formatted(TestPlans.weekly("UTC", "SUN", "02:00", "3h"));
        assertThat(RotationPlanFile.read(file(settings)).strategy()).isEqualTo(Strategy.SINGLE_USER);
    }

    @Test
    void reportsProblems() throws IOException {
        Path wrong = file("{'channel': 'C0PLATFORM', 'strategy': 'single_user', 'windows': []}");
        assertThatThrownBy(() -> RotationPlanFile.read(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rotation.json: rotation.rotate_after: found nothing")
                .hasMessageContaining("; rotation.windows: found []");
        Path garbled = file("{");
        assertThatThrownBy(() -> RotationPlanFile.read(garbled))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rotation.json: Unexpected end-of-input");
        assertThatThrownBy(() -> RotationPlanFile.read(folder.resolve("none.json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot read the rotation plan");
    }

    private Path file(String settings) throws IOException {
        return Files.writeString(folder.resolve("rotation.json"), settings.replace('\'', '"'));
    }
}
