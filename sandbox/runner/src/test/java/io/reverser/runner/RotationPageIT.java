package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.reverser.runner.WorkspaceVisitor.shown;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The change of the database password as people watch it: on the page, with everything real behind it. */
@ExtendWith(OneChromium.class)
class RotationPageIT {

    private static final double WHOLE_MS = 120_000;

    private final WorkspaceStage stage = WorkspaceStage.withRotation();
    private final WorkspaceVisitor visitor;

    RotationPageIT(Chromium chromium) {
        visitor = new WorkspaceVisitor(chromium, stage.page.uri());
    }

    @AfterEach
    void close() {
        visitor.close();
        stage.close();
    }

    @Test
    void changesThePasswordWithoutADent() {
        shown(at("window"), "Closed");
        Locator chips = visitor.page().locator(".pod .chip.current");
        assertThat(chips).hasCount(3);
        String before = chips.first().innerText();
        awaitLoad(20);
        visitor.click("Open the window");
        shown(at("window"), "Open");
        shown(visitor.messages(), "The database lets it in");
        assertThat(visitor.page().locator(".pod.ready .chip.current").first())
                .isVisible(new IsVisibleOptions().setTimeout(WHOLE_MS));
        visitor.picture("rotation-under-way");
        assertThat(visitor.messages())
                .containsText(
                        "The database password of dev has changed", new ContainsTextOptions().setTimeout(WHOLE_MS));
        assertThat(visitor.page().locator(".pod.ready .chip.current"))
                .hasCount(3, new HasCountOptions().setTimeout(WHOLE_MS));
        assertThat(visitor.page().locator(".pod")).hasCount(3);
        Assertions.assertThat(chips.allInnerTexts()).doesNotContain(before);
        assertThat(at("load-now").locator(".good")).hasText("0");
        awaitLoad(60);
        visitor.picture("rotation-over");
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            visitor.lookFrom(scheme, 390, 844);
            at("rotation").scrollIntoViewIfNeeded();
            assertThat(visitor.page().locator(".pod")).hasCount(3);
            Assertions.assertThat((Boolean) visitor.page()
                            .evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
            visitor.picture("rotation-phone-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void refusesOutsideTheWindowsButInAnEmergency() {
        visitor.click("Rotate now, by hand");
        shown(visitor.messages(), "The database password of dev was not changed");
        shown(visitor.messages(), "no window is open; the next, night, opens at");
        visitor.picture("rotation-refused");
        WorkspaceStage.awaitCommand(stage.access);
        visitor.type("/maintenance-window");
        shown(visitor.messages(), "CLOSED at");
        visitor.picture("rotation-windows");
        visitor.type("/reverse");
        shown(visitor.messages(), "/reverse is not a valid command.");
        visitor.become("Bob");
        visitor.click("Break glass");
        shown(visitor.messages(), "break-glass by Bob: the password was in a screenshot");
        visitor.lookFrom(ColorScheme.DARK, 1360, 860);
        visitor.room("platform");
        assertThat(visitor.messages())
                .containsText(
                        "The database password of dev has changed", new ContainsTextOptions().setTimeout(WHOLE_MS));
        visitor.picture("rotation-break-glass-dark");
    }

    private Locator at(String id) {
        return visitor.page().locator("#" + id);
    }

    /** The graph shows so many seconds. */
    private void awaitLoad(int seconds) {
        visitor.page()
                .waitForFunction(
                        "seconds => document.querySelector('#load .line')?.points.length >= seconds",
                        seconds,
                        new WaitForFunctionOptions().setTimeout(WHOLE_MS));
    }
}
