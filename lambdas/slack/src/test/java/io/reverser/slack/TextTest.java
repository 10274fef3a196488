package io.reverser.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

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
    void letsTypedTextNeitherCallNorLinkNorBreakTheLine(String typed) {
        assertThat(Text.escape(typed)).doesNotContain("<", ">", "\n", "\r", "\u2028");
    }

    @Test
    void escapesWhatIsEscapedAlready() {
        assertThat(Text.escape("&lt;!channel&gt;")).isEqualTo("&amp;lt;!channel&amp;gt;");
    }

    @Test
    void letsTypedTextNotFormat() {
        assertThat(Text.escape("*Granted* _by_ ~nobody~ `x`")).doesNotContain("*Granted*", "_by_", "~nobody~", "`x`");
    }

    @Test
    void keepsLinesOfCodeAsTheyAre() {
        assertThat(Text.codeLines("a  *b*\n  ```c``` <@U0BOB> & d")).isEqualTo("""
                ```
                a  *b*
                  c &lt;@U0BOB&gt; &amp; d
                ```""");
    }

    @Test
    void keepsCodeInItsPlace() {
        assertThat(Text.code("a` *b* `c\nd<!here>")).isEqualTo("`a *b* cd&lt;!here&gt;`");
    }

    @Test
    void showsTimesInTheReadersZone() {
        assertThat(Text.time(Instant.parse("2026-03-01T12:00:00Z")))
                .isEqualTo("<!date^1772366400^{date_short_pretty} {time}|2026-03-01 12:00 UTC>");
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(Text.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Text.cut("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Text.cut("abcd\uD83D\uDE80fg", 6)).isEqualTo("abcd…");
    }
}
