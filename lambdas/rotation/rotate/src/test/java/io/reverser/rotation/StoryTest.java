package io.reverser.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.slack.SlackMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoryTest {

    private static final Instant NOW = Instant.parse("2026-11-29T01:00:00Z");

    private final Story story = new Story("dev");

    @Test
    void showsHowFarItIs() {
        assertThat(shown(Mark.BEGUN, Mark.ASKED, Mark.SWITCHED, Mark.SYNCING, Mark.SYNCED))
                .isEqualTo("""
                🔄 The database password of dev is being changed
                ✅ new password in the database   ✅ in the cluster   ⬜ in all pods   ⬜ old password gone
                It is in the cluster.
                `dev` · <!date^1795914004^{date_short_pretty} {time}|2026-11-29 01:00 UTC>""");
    }

    @Test
    void showsAGoodEnd() {
        assertThat(shown(Mark.BEGUN, Mark.ASKED, Mark.SWITCHED, Mark.SYNCING, Mark.SYNCED, Mark.ROLLED, Mark.DROPPED))
                .startsWith("""
                🔑 The database password of dev has changed
                ✅ new password in the database   ✅ in the cluster   ✅ in all pods   ✅ old password gone
                ✅ The password before is not let in any more. why it &lt;is&gt; so""");
    }

    @Test
    void showsAWayBack() {
        assertThat(shown(Mark.BEGUN, Mark.SWITCHED, Mark.UNDOING, Mark.BACK)).startsWith("""
                ↩️ The change of the database password of dev is taken back
                ✅ new password in the database   ⬜ in the cluster   ⬜ in all pods   ⬜ old password gone
                The password before is in the secret again.""");
        assertThat(shown(Mark.BEGUN, Mark.SWITCHED, Mark.UNDOING, Mark.BACK, Mark.UNDONE))
                .startsWith("↩️ The database password of dev is as before");
        assertThat(shown(Mark.BEGUN, Mark.GIVEN_UP)).startsWith("↩️ The database password of dev is as before");
    }

    @Test
    void showsWhatIsNoRotation() {
        assertThat(shown(Mark.REFUSED)).startsWith("""
                ⛔ The database password of dev was not changed
                ⛔ Refused, and nothing was changed: why it &lt;is&gt; so""");
        assertThat(shown(Mark.WAITING)).startsWith("⏳ The database password of dev is due to be changed");
        assertThat(shown(Mark.WAITING, Mark.GOES_ON)).startsWith("""
                ▶️ The change of the database password of dev has waited, and has begun
                ▶️ Nothing is in its way any more: it has begun.""");
        assertThat(shown(Mark.CHANGED)).startsWith("✍️ The secret of the database of dev was changed by hand");
    }

    @ParameterizedTest
    @EnumSource
    void hasALineForEachMarkThatCallsNobody(Mark mark) {
        Note note = Note.of("token", mark, NOW, "<!channel> *now*");
        assertThat(Story.line(note).text()).isNotBlank().doesNotContain("<!channel>", "*now*");
    }

    private String shown(Mark... marks) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < marks.length; i++) {
            notes.add(Note.of("token", marks[i], NOW.plusSeconds(i), "why it <is> so"));
        }
        SlackMessage message = story.message(notes);
        return message.text() + "\n"
                + message.blocks().stream().map(StoryTest::text).collect(Collectors.joining("\n"));
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
