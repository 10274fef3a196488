package io.reverser.bench.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An SVG document that follows the reader's light or dark setting.
 *
 * @param height in the units of the view box, which is 760 wide
 * @param styles CSS rules in addition to those for the text and the background
 */
public record SvgDocument(String title, int height, List<Style> styles) {

    /** A CSS rule for light mode and its override for dark mode. */
    public record Style(String selector, String light, String dark) {

        private String rule(Function<Style, String> colorScheme) {
            return "%s { %s }\n".formatted(selector, colorScheme.apply(this));
        }
    }

    /** Makes the list of styles immutable. */
    public SvgDocument {
        styles = List.copyOf(styles);
    }

    /** Renders the document with the given SVG elements as its content. */
    public String render(String body) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 %1$d" role="img" aria-labelledby="title">
                  <title id="title">%2$s</title>
                  <style>
                    text { font: 14px system-ui, sans-serif; fill: #24292f }
                    .panel { font-weight: 600 }
                    .back { fill: #ffffff }
                %3$s    @media (prefers-color-scheme: dark) {
                      text { fill: #e6edf3 }
                      .back { fill: #0d1117 }
                %4$s    }
                  </style>
                  <rect class="back" width="760" height="%1$d" rx="8"/>
                %5$s</svg>
                """.formatted(height, title, styleRules(Style::light, 4), styleRules(Style::dark, 6), body);
    }

    private String styleRules(Function<Style, String> colorScheme, int indent) {
        return styles.stream()
                .map(style -> style.rule(colorScheme))
                .collect(Collectors.joining())
                .indent(indent);
    }
}
