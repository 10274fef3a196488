package io.reverser.reverser.caller;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsFromTheRightTest {

    @Test
    void theLastElementOfTheLastLineComesFirst() {
        assertThat(elements("a, b", "c", "d,e ,\tf")).containsExactly("f", "e", "d", "c", "b", "a");
    }

    @Test
    void aLineWithoutCommaIsOneElement() {
        assertThat(elements("203.0.113.7")).containsExactly("203.0.113.7");
    }

    @Test
    void noLinesHaveNoElements() {
        assertThat(elements()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", ",,", " , \t, "})
    void emptyElementsAreSkippedOnTheirOwnLine(String nothing) {
        assertThat(elements(nothing, "a", nothing, "b", nothing)).containsExactly("b", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", ",,", " , \t, "})
    void emptyElementsAreSkippedAmongOthers(String nothing) {
        assertThat(elements(nothing + ",a," + nothing + ",b," + nothing)).containsExactly("b", "a");
    }

    @Test
    void aCommaInQuotesIsNoSeparator() {
        assertThat(elements("for=a;host=\"x,y\", for=b")).containsExactly("for=b", "for=a;host=\"x,y\"");
    }

    @Test
    void anEscapedQuoteDoesNotEndTheQuotes() {
        assertThat(elements("for=a, host=\"x\\\", for=6.6.6.6, \\\"y\";for=b"))
                .containsExactly("host=\"x\\\", for=6.6.6.6, \\\"y\";for=b", "for=a");
    }

    @Test
    void anEscapedBackslashDoesNotEscapeAQuote() {
        assertThat(elements("for=a, host=\"x\\\\\", for=b")).containsExactly("for=b", "host=\"x\\\\\"", "for=a");
    }

    @Test
    void quotesArePartOfTheElement() {
        assertThat(elements("\"a\", \"b\"")).containsExactly("\"b\"", "\"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "for=\"", "a\\\"", "\"\"\"", "x=\"y\",z=\""})
    void anUnbalancedQuoteHidesNothingToItsRight(String unbalanced) {
        assertThat(elements(unbalanced + ", for=\"[2001:db8::7]:443\", b"))
                .startsWith("b", "for=\"[2001:db8::7]:443\"");
    }

    @Test
    void quotesEndWithTheirLine() {
        assertThat(elements("a", "\"", "b\"", "c")).containsExactly("c", "b\"", "\"", "a");
    }

    @Test
    void theIterationEnds() {
        var elements = new ElementsFromTheRight(List.of("a"));
        elements.next();
        assertThat(elements.next()).isEmpty();
        assertThat(elements.next()).isEmpty();
    }

    @Test
    void aVeryLongHeaderIsReadInOnePass() {
        List<String> found = assertTimeoutPreemptively(
                ofSeconds(5), () -> elements("a,".repeat(200_000), ",".repeat(200_000), "\"".repeat(200_001)));
        assertThat(found).hasSize(200_001);
    }

    private static List<String> elements(String... lines) {
        var elements = new ElementsFromTheRight(List.of(lines));
        var found = new ArrayList<String>();
        for (Optional<String> next = elements.next(); next.isPresent(); next = elements.next()) {
            found.add(next.get());
        }
        return found;
    }
}
