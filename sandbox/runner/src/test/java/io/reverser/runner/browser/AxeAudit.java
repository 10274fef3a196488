package io.reverser.runner.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Audits the accessibility of a page with axe-core, in the light and the dark colour scheme, against WCAG 2.2 AA and
 * axe-core's best practices.
 */
public final class AxeAudit {

    private static final String AXE = readAxe();

    private static final Map<String, Object> ALL_RULES = Map.of(
            "type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"));

    /** The only rule whose result depends on the colour scheme. */
    private static final Map<String, Object> CONTRAST = Map.of("type", "rule", "values", List.of("color-contrast"));

    /**
     * Runs axe-core in the page. Enables the rule for success criterion 2.5.3 (label in name) by name, because axe-core
     * considers this rule experimental and would not run it.
     */
    private static final String RUN = """
            async runOnly => {
              const { violations } = await axe.run({
                runOnly,
                rules: runOnly.type === 'tag' ? { 'label-content-name-mismatch': { enabled: true } } : {},
                resultTypes: ['violations'],
              });
              return violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}\\n${node.failureSummary}`));
            }
            """;

    private AxeAudit() {}

    public static void assertAccessible(Page page) {
        ColorScheme before = scheme(page);
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(AXE);
        }
        assertNoViolation(page, before, ALL_RULES);
        ColorScheme other = before == ColorScheme.DARK ? ColorScheme.LIGHT : ColorScheme.DARK;
        emulate(page, other);
        assertNoViolation(page, other, CONTRAST);
        emulate(page, before);
    }

    private static void assertNoViolation(Page page, ColorScheme scheme, Map<String, Object> rules) {
        assertThat((List<?>) page.evaluate(RUN, rules))
                .as("axe-core, %s", scheme)
                .isEmpty();
    }

    private static ColorScheme scheme(Page page) {
        return (Boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
                ? ColorScheme.DARK
                : ColorScheme.LIGHT;
    }

    private static void emulate(Page page, ColorScheme scheme) {
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
    }

    private static String readAxe() {
        try (var script = AxeAudit.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
