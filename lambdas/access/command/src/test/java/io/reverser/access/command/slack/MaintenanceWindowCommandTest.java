package io.reverser.access.command.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.command.CommandFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceWindowCommandTest {

    private static final String PLAN = """
            {"channel": "C0PLATFORM", "strategy": "dual_password", "rotate_after": "25d", "max_age": "40d", "bake": "10m", "rollout_timeout": "15m",
             "windows": [{"name": "a < b & c", "zone": "Europe/Berlin", "days": ["SUN"], "start": "02:00", "length": "3h", "cutoff": "1h"}],
             "blackouts": [{"from": "2026-12-20", "to": "2027-01-06", "reason": "```quiet"}]}""";

    private final CommandFixture fixture = new CommandFixture();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void showsTheMaintenanceWindows() throws IOException {
        Path plan = Files.writeString(folder.resolve("rotation.json"), PLAN);
        JsonNode answer =
                CommandFixture.json(new MaintenanceWindowCommand(plan).handle(Instant.parse("2026-12-27T02:00:00Z")));
        assertThat(answer.path("text").asText())
                .startsWith("```\nCLOSED at Sun 2026-12-27 02:00 UTC\nA blackout keeps a &lt; b &amp; c closed:")
                .contains("\n1. a &lt; b &amp; c\n   Europe/Berlin   Sun 2027-01-10 02:00")
                .endsWith("quiet\n   a &lt; b &amp; c: 2 times, Sun 2026-12-27 to Sun 2027-01-03\n```")
                .doesNotContain("````", "```quiet");
    }

    /** Any user may see the maintenance windows, because the windows are not secret and grant no access. */
    @Test
    void answersAnyUserEphemerally() throws IOException {
        fixture.deployWindows(Files.writeString(folder.resolve("rotation.json"), PLAN));
        JsonNode answer = CommandFixture.json(fixture.typeCommand("U0STRANGER", "/maintenance-window", ""));
        assertThat(answer.path("response_type").asText()).isEqualTo("ephemeral");
        assertThat(answer.path("text").asText()).startsWith("```\n").contains("Europe/Berlin   Sun 2");
    }

    @Test
    void reportsThatThereAreNone() {
        assertThat(fixture.typeCommand("U0ADA", "/maintenance-window", "").body())
                .contains(CommandMessages.NO_WINDOWS);
    }

    @Test
    void reportsUnreadableWindows() throws IOException {
        fixture.deployWindows(Files.writeString(folder.resolve("rotation.json"), "{}"));
        assertThat(fixture.typeCommand("U0ADA", "/maintenance-window", "").body())
                .contains(CommandMessages.WINDOWS_UNREADABLE);
    }

    @Test
    void leavesOtherCommandsToClusterAccess() {
        assertThat(fixture.typeCommand("U0ADA", "/cluster-access", "whoami").body())
                .contains("You are Ada")
                .isEqualTo(fixture.typeCommand("U0ADA", "/access", "whoami").body());
    }
}
