package io.reverser.simulators.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlackScopesTest {

    private static final Path MANIFEST = Path.of("..", "..", "docs", "slack-app.yaml");

    /** If the app manifest lacked a scope, only calls to a real workspace would fail. */
    @Test
    void equalTheScopesOfTheAppManifest() throws IOException {
        Stream<String> needed = SlackScopes.OF_METHODS.values().stream().flatMap(Collection::stream);
        try (Stream<String> lines = Files.lines(MANIFEST)) {
            assertThat(lines.dropWhile(line -> !line.strip().equals("bot:"))
                            .takeWhile(line -> !line.equals("settings:"))
                            .map(String::strip)
                            .filter(line -> line.startsWith("- "))
                            .map(line -> line.substring(2)))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of("commands"), needed)
                            .distinct()
                            .toList());
        }
    }
}
