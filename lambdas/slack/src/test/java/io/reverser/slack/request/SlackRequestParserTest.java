package io.reverser.slack.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reverser.slack.request.SlackRequest.Click;
import io.reverser.slack.request.SlackRequest.SlashCommand;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackRequestParserTest {

    private static final String COMMAND =
            "user_id=U0ADA&team_id=T0TEAM&api_app_id=A0APP&command=%2Fgo&channel_id=C0&trigger_id=1.2&text=";

    /** IDs become partition keys in DynamoDB tables, which are limited to 2048 bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"", "%20", "U0%00", "U%C3%96", "U0%0AADA"})
    void rejectsInvalidIds(String id) {
        assertUnreadable(COMMAND.replace("U0ADA", id));
        assertUnreadable(COMMAND.replace("1.2", id));
    }

    @Test
    void rejectsOverlongIdsAndTexts() {
        assertUnreadable(COMMAND.replace("U0ADA", "U".repeat(256)));
        assertUnreadable(COMMAND + "x".repeat(16_001));
        assertThat(command("x".repeat(16_000)).text()).hasSize(16_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    %00prod%07%1b        | ' prod  '
                    two%0Alines%09tab    | 'two\nlines\ttab'
                    %F0%9F%9A%80         | \uD83D\uDE80
                    """)
    void removesControlCharacters(String sent, String read) {
        assertThat(command(sent).text()).isEqualTo(read.translateEscapes());
    }

    @Test
    void replacesUnpairedSurrogates() {
        assertThat(click("\\ud83d", "https://hooks.slack.com/1").value()).isEqualTo("?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hooks.slack.com/a b", "https://hooks.slack.com/%", "::"})
    void rejectsInvalidResponseUrls(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> click("r-1", url));
    }

    private static SlashCommand command(String text) {
        return (SlashCommand) read(COMMAND + text);
    }

    private static Click click(String value, String url) {
        String payload = """
                {"type":"block_actions","api_app_id":"A0","team":{"id":"T0"},"user":{"id":"U0"},"trigger_id":"1",
                 "actions":[{"action_id":"approve","value":"%s","action_ts":"1"}],"response_url":"%s"}
                """.formatted(value, url);
        return (Click) read("payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
    }

    private static void assertUnreadable(String body) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(body));
    }

    private static SlackRequest read(String body) {
        return SlackRequestParser.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
