package io.reverser.runner.workspace;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.reverser.runner.browser.AxeAudit;
import io.reverser.runner.browser.Chromium;
import java.net.URI;
import java.nio.file.Path;

/** A user of the workspace page, in a real browser. */
public final class WorkspacePageObject implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of(System.getProperty("screenshots", "target/screenshots"));

    /**
     * Lets the page wait before it requests the state of the sandbox. The browser's driver holds no request
     * back, because it may lose one, and the page would wait for the response for ever.
     */
    private static final String HOLDS_STATE = """
            const send = window.fetch;
            let held = Promise.resolve();
            window.holdState = () => { held = new Promise(free => window.releaseState = free); };
            window.fetch = async (path, options) => {
                if (path.startsWith("/api/state")) await held;
                return send(path, options);
            };
            """;

    private final Chromium chromium;
    private final URI address;
    private final String tour;
    private Page page;

    /** Opens the workspace page as a returning user, who has closed the tour. */
    public WorkspacePageObject(Chromium chromium, URI address) {
        this(chromium, address, "closed");
    }

    private WorkspacePageObject(Chromium chromium, URI address, String tour) {
        this.chromium = chromium;
        this.address = address;
        this.tour = tour;
        page = open(ColorScheme.LIGHT, 1360, 860);
    }

    /** Opens the workspace page as a first-time user, who sees the tour. */
    public static WorkspacePageObject onTour(Chromium chromium, URI address) {
        return new WorkspacePageObject(chromium, address, "");
    }

    /** Opens the workspace page again, with another colour scheme and window size. */
    void reopen(ColorScheme scheme, int width, int height) {
        page.context().close();
        page = open(scheme, width, height);
    }

    /** Changes the colour scheme and the window size of the open page. */
    public void setScreen(ColorScheme scheme, int width, int height) {
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, height);
    }

    public Page page() {
        return page;
    }

    public void type(String line) {
        page.getByLabel("Message").fill(line);
        page.getByLabel("Message").press("Enter");
    }

    /** Clicks a button of the open modal. */
    public void press(String button) {
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** Clicks the button with exactly this name. */
    public void click(String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    public void actAs(String person) {
        page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName(person)).click();
    }

    public void openChannel(String name) {
        page.locator("#channels button", new Page.LocatorOptions().setHasText(name))
                .click();
    }

    /** Clicks a button next to an alarm. */
    public void clickAlarmButton(String name, String button) {
        page.locator(".alarm", new Page.LocatorOptions().setHasText(name))
                .getByText(button)
                .click();
    }

    public Locator dialog() {
        return page.locator("dialog");
    }

    public Locator messages() {
        return page.locator("#messages");
    }

    public Locator entries() {
        return page.locator("#entries");
    }

    public static void assertShown(Locator where, String text) {
        assertThat(where).containsText(text);
    }

    /** Whether the page is no wider than the window. */
    boolean fitsTheWidth() {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    }

    /** Takes a screenshot, and audits the accessibility of the page. */
    public void screenshot(String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
        assertAccessible();
    }

    public void assertAccessible() {
        assertAccessibleAfter(() -> {});
    }

    /**
     * Audits the accessibility of the page right after an action. The page receives no new state until the audit ends.
     */
    public void assertAccessibleAfter(Runnable action) {
        page.evaluate("holdState()");
        action.run();
        AxeAudit.assertAccessible(page);
        page.evaluate("releaseState()");
    }

    @Override
    public void close() {
        page.context().close();
    }

    private Page open(ColorScheme scheme, int width, int height) {
        var context = chromium.browser.newContext(
                new NewContextOptions().setColorScheme(scheme).setViewportSize(width, height));
        context.addInitScript(HOLDS_STATE);
        context.addInitScript("localStorage.tour ??= '" + tour + "'");
        Page opened = context.newPage();
        opened.setDefaultTimeout(Chromium.TIMEOUT_MS);
        opened.navigate(address.toString());
        return opened;
    }
}
