package io.reverser.runner.workspace;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.reverser.runner.workspace.WorkspacePageObject.assertShown;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Tests a rotation of the database password on the workspace page, with a real database and the packaged reverser and
 * functions.
 */
class RotationPageIT extends SharedWorkspace {

    private static final double ROTATION_TIMEOUT_MS = 120_000;

    /** How many seconds of load the graph in a screenshot should show. */
    private static final int SECONDS_OF_LOAD = 10;

    @Override
    WorkspaceFixture startFixture() {
        return WorkspaceFixture.withRotation();
    }

    @Test
    void changesThePasswordWithoutAFailedRequest() {
        assertShown(at("window"), "Closed");
        Locator chips = workspace.page().locator(".pod .chip.current");
        assertThat(chips).hasCount(3);
        String before = chips.first().innerText();
        awaitLoad();
        workspace.click("Skip to the next window");
        assertShown(at("window"), "Open");
        assertShown(workspace.messages(), "The database accepts the new password");
        assertThat(workspace.page().locator(".pod.ready .chip.current").first())
                .isVisible(new IsVisibleOptions().setTimeout(ROTATION_TIMEOUT_MS));
        workspace.screenshot("rotation-in-progress");
        assertThat(workspace.messages())
                .containsText(
                        "The database password of dev has changed",
                        new ContainsTextOptions().setTimeout(ROTATION_TIMEOUT_MS));
        assertThat(workspace.page().locator(".pod.ready .chip.current"))
                .hasCount(3, new HasCountOptions().setTimeout(ROTATION_TIMEOUT_MS));
        assertThat(workspace.page().locator(".pod")).hasCount(3);
        Assertions.assertThat(chips.allInnerTexts()).doesNotContain(before);
        assertThat(at("load-now").locator(".good")).hasText("0");
        workspace.screenshot("rotation-completed");
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            workspace.reopen(scheme, 390, 844);
            at("rotation").scrollIntoViewIfNeeded();
            assertThat(workspace.page().locator(".pod")).hasCount(3);
            Assertions.assertThat(workspace.fitsTheWidth()).isTrue();
            workspace.screenshot("rotation-phone-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void refusesOutsideTheWindowsUnlessTheGlassIsBroken() {
        workspace.click("Rotate now");
        assertShown(workspace.messages(), "The database password of dev was not changed");
        assertShown(workspace.messages(), "no window is open; the next, night, opens at");
        workspace.screenshot("rotation-refused");
        WorkspaceFixture.awaitCommand(fixture.access);
        workspace.type("/maintenance-window");
        assertShown(workspace.messages(), "CLOSED at");
        workspace.screenshot("rotation-windows");
        workspace.type("/reverse");
        assertShown(workspace.messages(), "/reverse is not a valid command.");
        workspace.actAs("Bob");
        workspace.click("Break glass");
        assertShown(workspace.messages(), "break-glass by Bob: the password was in a screenshot");
        workspace.reopen(ColorScheme.DARK, 1360, 860);
        workspace.openChannel("platform");
        assertThat(workspace.messages())
                .containsText(
                        "The database password of dev has changed",
                        new ContainsTextOptions().setTimeout(ROTATION_TIMEOUT_MS));
        workspace.screenshot("rotation-break-glass-dark");
    }

    private Locator at(String id) {
        return workspace.page().locator("#" + id);
    }

    private void awaitLoad() {
        workspace
                .page()
                .waitForFunction(
                        "seconds => document.querySelector('#load .line')?.points.length >= seconds",
                        SECONDS_OF_LOAD,
                        new WaitForFunctionOptions().setTimeout(ROTATION_TIMEOUT_MS));
    }
}
