package io.reverser.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MrkdwnTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel>",
                "<!here|x>",
                "<@U0BOB>",
                "<#C0|x>",
                "<https://example.com|here>",
                "&lt;!channel&gt;",
                "line\nline",
                "line\r\nline",
                "a\u2028b"
            })
    void preventsMentionsLinksAndLineBreaks(String typed) {
        assertThat(Mrkdwn.escape(typed)).doesNotContain("<", ">", "\n", "\r", "\u2028");
    }

    @Test
    void escapesEscapedText() {
        assertThat(Mrkdwn.escape("&lt;!channel&gt;")).isEqualTo("&amp;lt;!channel&amp;gt;");
    }

    @Test
    void preventsFormatting() {
        assertThat(Mrkdwn.escape("*Granted* _by_ ~nobody~ `x`")).doesNotContain("*Granted*", "_by_", "~nobody~", "`x`");
    }

    @Test
    void keepsCodeBlocksVerbatim() {
        assertThat(Mrkdwn.codeBlock("a  *b*\n  ```c``` <@U0BOB> & d")).isEqualTo("""
                ```
                a  *b*
                  c &lt;@U0BOB&gt; &amp; d
                ```""");
    }

    @Test
    void keepsInlineCodeInline() {
        assertThat(Mrkdwn.code("a` *b* `c\nd<!here>")).isEqualTo("`a *b* cd&lt;!here&gt;`");
    }

    @Test
    void formatsTimesForTheReadersTimeZone() {
        assertThat(Mrkdwn.time(Instant.parse("2026-03-01T12:00:00Z")))
                .isEqualTo("<!date^1772366400^{date_short_pretty} {time}|2026-03-01 12:00 UTC>");
    }

    @Test
    void truncatesBetweenCharacters() {
        assertThat(Mrkdwn.truncate("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Mrkdwn.truncate("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Mrkdwn.truncate("abcd\uD83D\uDE80fg", 6)).isEqualTo("abcd…");
    }
}
