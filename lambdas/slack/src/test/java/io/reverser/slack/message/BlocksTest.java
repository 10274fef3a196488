package io.reverser.slack.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.slack.message.Blocks.Style;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlocksTest {

    private static final String LONG = "x".repeat(5000);

    @Test
    void truncatesDisplayedText() {
        assertThat(Blocks.section(LONG).path("text").path("text").asText()).hasSize(3000);
        assertThat(Blocks.header(LONG).path("text").path("text").asText()).hasSize(150);
        assertThat(Blocks.fields(List.of(LONG))
                        .path("fields")
                        .path(0)
                        .path("text")
                        .asText())
                .hasSize(2000);
        assertThat(button("a", LONG, "v").path("text").path("text").asText()).hasSize(75);
    }

    @Test
    void rejectsValuesThatAreTooLarge() {
        assertThatThrownBy(() -> button("a", "b", LONG)).hasMessageContaining("at most 2000 characters");
        assertThatThrownBy(() -> Blocks.linkButton("a", "b", "https://" + LONG)).hasMessageContaining("at most 3000");
        assertThatThrownBy(() -> Blocks.fields(Collections.nCopies(11, "x"))).hasMessageContaining("at most 10");
        assertThatThrownBy(() -> new SlackView("c", "t", "s", "c", LONG, List.of()))
                .hasMessageContaining("at most 3000");
        assertThatThrownBy(() -> new SlackMessage("t", Collections.nCopies(51, Blocks.section("x"))).topLevelBlocks())
                .hasMessageContaining("at most 50");
    }

    /** The button has no value, because Slack rejects an empty one. */
    @Test
    void omitsTheValueOfLinkButtons() {
        assertThat(Blocks.linkButton("console", "Console", "https://example.com")
                        .toString())
                .isEqualTo(
                        "{\"type\":\"button\",\"action_id\":\"console\",\"url\":\"https://example.com\",\"text\":{\"type\":\"plain_text\",\"text\":\"Console\"}}");
    }

    /**
     * Prevents a bug of another tool (sso-elevator#46): with an empty list of options, the modal never finishes
     * loading.
     */
    @Test
    void rejectsEmptyAndOverlongLists() {
        var many = new LinkedHashMap<String, String>();
        for (int i = 0; i <= 100; i++) {
            many.put("v" + i, "option " + i);
        }
        assertThatThrownBy(() -> Blocks.select("a", "b", Map.of())).hasMessageContaining("1 to 100 options");
        assertThatThrownBy(() -> Blocks.select("a", "b", many)).hasMessageContaining("1 to 100 options");
        assertThatThrownBy(Blocks::actions).hasMessageContaining("1 to 25 buttons");
    }

    /** Mrkdwn is marked as verbatim; otherwise, Slack turns text that looks like a channel name into a link. */
    @Test
    void showsMarkupVerbatim() {
        assertThat(Blocks.section("x").path("text").path("verbatim").asBoolean())
                .isTrue();
    }

    @Test
    void omitsTheSubmitButtonOfResultModals() {
        assertThat(new SlackView("c", "t", "", "Close", "", List.of()).toJson().has("submit"))
                .isFalse();
    }

    private static ObjectNode button(String action, String label, String value) {
        return Blocks.button(action, label, value, Style.DEFAULT);
    }
}
