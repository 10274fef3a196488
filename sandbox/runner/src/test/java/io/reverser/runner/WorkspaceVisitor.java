package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.reverser.runner.workspace.WorkspacePage;
import java.nio.file.Path;

/** Somebody in front of the workspace's page, in a real browser, with the packaged functions behind it. */
final class WorkspaceVisitor implements AutoCloseable {

    static final double PATIENCE_MS = 15_000;

    private static final Path PICTURES = Path.of(System.getProperty("screenshots", "target/screenshots"));

    final AccessSandbox access;
    final AlarmsSandbox alarms;
    final WorkspacePage served;
    private final Chromium chromium;
    private Page page;

    WorkspaceVisitor(Chromium chromium) {
        this.chromium = chromium;
        Path repository = Path.of("..", "..");
        Path home = Path.of("target", "it", "workspace-" + System.nanoTime());
        access = AccessSandbox.start(repository, home.resolve("access"));
        alarms = AlarmsSandbox.start(repository, home.resolve("alarms"), access.surroundings());
        served = WorkspacePage.start(0, access, alarms);
        page = open(ColorScheme.LIGHT, 1360, 860);
    }

    /** Looks at it from another screen. */
    void lookFrom(ColorScheme scheme, int width, int height) {
        page.context().close();
        page = open(scheme, width, height);
    }

    Page page() {
        return page;
    }

    void type(String line) {
        page.getByLabel("Message").fill(line);
        page.getByLabel("Message").press("Enter");
    }

    /** Presses a button of the modal. */
    void press(String button) {
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** Clicks a button anywhere, by its whole name. */
    void click(String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    void become(String person) {
        page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName(person)).click();
    }

    void room(String name) {
        page.locator("#rooms button", new Page.LocatorOptions().setHasText(name))
                .click();
    }

    Locator dialog() {
        return page.locator("dialog");
    }

    Locator messages() {
        return page.locator("#messages");
    }

    Locator entries() {
        return page.locator("#entries");
    }

    static void shown(Locator where, String text) {
        assertThat(where).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE_MS));
    }

    void picture(String name) {
        page.screenshot(new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        page.context().close();
        served.close();
        alarms.close();
        access.close();
    }

    private Page open(ColorScheme scheme, int width, int height) {
        Page opened = chromium.browser
                .newContext(new NewContextOptions().setColorScheme(scheme).setViewportSize(width, height))
                .newPage();
        opened.setDefaultTimeout(PATIENCE_MS);
        opened.navigate(served.uri().toString());
        return opened;
    }
}
