package io.reverser.reverser.caller;

import java.util.List;
import java.util.Optional;

/**
 * The comma-separated elements of a header, last one first, over all its lines. Empty elements are skipped, as RFC 9110
 * section 5.6.1 requires. Quotes are matched from the right as well, so that an unbalanced quote, which only a client
 * can have written, cannot hide the elements that proxies appended after it.
 */
final class ElementsFromTheRight {

    private final List<String> lines;
    private int line;
    private int end;

    ElementsFromTheRight(List<String> lines) {
        this.lines = lines;
        this.line = lines.size();
        this.end = -1;
    }

    Optional<String> next() {
        while (end >= 0 || line > 0) {
            if (end < 0) {
                line--;
                end = lines.get(line).length();
            }
            String text = lines.get(line);
            int comma = lastCommaOutsideQuotes(text, end);
            String element = text.substring(comma + 1, end).strip();
            end = comma;
            if (!element.isEmpty()) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static int lastCommaOutsideQuotes(String text, int end) {
        boolean quoted = false;
        for (int i = end - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '"' && !isEscaped(text, i)) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isEscaped(String text, int quote) {
        int i = quote;
        while (i > 0 && text.charAt(i - 1) == '\\') {
            i--;
        }
        return (quote - i) % 2 == 1;
    }
}
