package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowCommandTest {

    private static final String PLAN = """
            {"channel": "C0PLATFORM", "strategy": "dual_password", "due_after": "25d", "promise": "40d",
             "windows": [{"name": "a < b & c", "zone": "Europe/Berlin", "days": ["SUN"], "start": "02:00", "length": "3h", "cutoff": "1h"}],
             "blackouts": [{"from": "2026-12-20", "to": "2027-01-06", "why": "```quiet"}]}""";

    private final Desk desk = new Desk();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void saysWhenThePasswordMayChange() throws IOException {
        Path plan = Files.writeString(folder.resolve("rotation.json"), PLAN);
        JsonNode answer = Desk.json(new WindowCommand(plan).answer(Instant.parse("2026-12-27T02:00:00Z")));
        assertThat(answer.path("text").asText())
                .startsWith("```\nCLOSED at Sun 2026-12-27 02:00 UTC\na &lt; b &amp; c would be open")
                .contains("\n1. a &lt; b &amp; c\n   Europe/Berlin   Sun 2027-01-10 02:00")
                .endsWith("quiet\n   a &lt; b &amp; c: 2 times, Sun 2026-12-27 to Sun 2027-01-03\n```")
                .doesNotContain("````", "```quiet");
    }

    /** Whoever it is: windows are no secret, and nobody is let in anywhere. */
    @Test
    void saysItToAnybodyAlone() throws IOException {
        desk.deployWindows(Files.writeString(folder.resolve("rotation.json"), PLAN));
        JsonNode answer = Desk.json(desk.typeCommand("U0STRANGER", "/maintenance-window", ""));
        assertThat(answer.path("response_type").asText()).isEqualTo("ephemeral");
        assertThat(answer.path("text").asText()).startsWith("```\n").contains("Europe/Berlin   Sun 2");
    }

    @Test
    void saysThatThereAreNone() {
        assertThat(desk.typeCommand("U0ADA", "/maintenance-window", "").body()).contains(Answers.NO_WINDOWS);
    }

    @Test
    void saysThatTheyCannotBeRead() throws IOException {
        desk.deployWindows(Files.writeString(folder.resolve("rotation.json"), "{}"));
        assertThat(desk.typeCommand("U0ADA", "/maintenance-window", "").body()).contains(Answers.WINDOWS_UNREADABLE);
    }

    @Test
    void leavesEverythingElseToClusterAccess() {
        assertThat(desk.typeCommand("U0ADA", "/cluster-access", "whoami").body())
                .contains("You are Ada")
                .isEqualTo(desk.typeCommand("U0ADA", "/access", "whoami").body());
    }
}
