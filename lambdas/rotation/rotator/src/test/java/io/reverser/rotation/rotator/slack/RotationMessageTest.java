package io.reverser.rotation.rotator.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.rotation.rotator.eventlog.RotationEventType;
import io.reverser.rotation.rotator.eventlog.RotationLogEntry;
import io.reverser.slack.message.SlackMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RotationMessageTest {

    private static final Instant NOW = Instant.parse("2026-11-29T01:00:00Z");

    private final RotationMessage rotationMessage = new RotationMessage("dev");

    @Test
    void showsProgress() {
        assertThat(render(
                        RotationEventType.STARTED,
                        RotationEventType.REQUESTED,
                        RotationEventType.PROMOTED,
                        RotationEventType.SYNCING,
                        RotationEventType.SYNCED))
                .isEqualTo("""
                🔄 The database password of dev is being changed
                ✅ new password in the database   ✅ in the cluster   ⬜ in all pods   ⬜ old password revoked
                The new password is in the cluster.
                `dev` · <!date^1795914004^{date_short_pretty} {time}|2026-11-29 01:00 UTC>""");
    }

    @Test
    void showsCompletedRotation() {
        assertThat(render(
                        RotationEventType.STARTED,
                        RotationEventType.REQUESTED,
                        RotationEventType.PROMOTED,
                        RotationEventType.SYNCING,
                        RotationEventType.SYNCED,
                        RotationEventType.ROLLED_OUT,
                        RotationEventType.COMPLETED))
                .startsWith("""
                🔑 The database password of dev has changed
                ✅ new password in the database   ✅ in the cluster   ✅ in all pods   ✅ old password revoked
                ✅ Done. The old password no longer works: the database refused a login with it.""");
    }

    @Test
    void showsRollback() {
        assertThat(render(
                        RotationEventType.STARTED,
                        RotationEventType.PROMOTED,
                        RotationEventType.ROLLING_BACK,
                        RotationEventType.ROLLBACK_PROMOTED))
                .startsWith("""
                ↩️ The rotation of the database password of dev is being rolled back
                ✅ new password in the database   ⬜ in the cluster   ⬜ in all pods   ⬜ old password revoked
                The secret holds the old password again.""");
        assertThat(render(
                        RotationEventType.STARTED,
                        RotationEventType.PROMOTED,
                        RotationEventType.ROLLING_BACK,
                        RotationEventType.ROLLBACK_PROMOTED,
                        RotationEventType.ROLLED_BACK))
                .startsWith("↩️ The database password of dev was rolled back");
        assertThat(render(RotationEventType.STARTED, RotationEventType.ABANDONED))
                .startsWith("⛔ The database password of dev was not changed");
    }

    @Test
    void showsEventsWithoutRotation() {
        assertThat(render(RotationEventType.REJECTED)).startsWith("""
                ⛔ The database password of dev was not changed
                ⛔ Rejected before anything changed: why it &lt;is&gt; so.""");
        assertThat(render(RotationEventType.BLOCKED)).startsWith("⏳ The database password of dev is due to be changed");
        assertThat(render(RotationEventType.BLOCKED, RotationEventType.UNBLOCKED))
                .startsWith("""
                ▶️ The rotation of the database password of dev was delayed and has started
                ▶️ Nothing blocks the rotation any more, and it has started.""");
        assertThat(render(RotationEventType.CHANGED_EXTERNALLY))
                .startsWith("✍️ The database secret of dev was changed by hand");
    }

    @ParameterizedTest
    @EnumSource
    void rendersEachEventTypeWithoutMentions(RotationEventType type) {
        RotationLogEntry entry = RotationLogEntry.of("token", type, NOW, "<!channel> *now*");
        assertThat(RotationMessage.threadReply(entry).text()).isNotBlank().doesNotContain("<!channel>", "*now*");
    }

    private String render(RotationEventType... types) {
        List<RotationLogEntry> entries = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            entries.add(RotationLogEntry.of("token", types[i], NOW.plusSeconds(i), "why it <is> so"));
        }
        SlackMessage message = rotationMessage.render(entries);
        return message.text() + "\n"
                + message.blocks().stream().map(RotationMessageTest::text).collect(Collectors.joining("\n"));
    }

    private static String text(JsonNode block) {
        return Arrays.asList(
                        block.at("/text/text").asText(),
                        block.at("/elements/0/text").asText())
                .stream()
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining());
    }
}
