package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.reverser.runner.workspace.WorkspacePage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cluster access as somebody uses it who has never seen it: a real browser, the packaged functions. */
class WorkspacePageIT {

    private static final Path PICTURES = Path.of(System.getProperty("screenshots", "target/screenshots"));
    private static final double PATIENCE_MS = 15_000;

    private static Chromium chromium;

    private AccessSandbox sandbox;
    private WorkspacePage served;
    private Page page;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        sandbox = AccessSandbox.start(Path.of("..", ".."), Path.of("target", "it", "workspace-" + System.nanoTime()));
        served = WorkspacePage.start(0, sandbox);
        sandbox.sweep();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() ->
                        !sandbox.app().slash("U0ADA", "/cluster-access", "help").isMissingNode());
        page = page(ColorScheme.LIGHT, 1360, 860);
    }

    @AfterEach
    void close() {
        page.context().close();
        served.close();
        sandbox.close();
    }

    @Test
    void givesAccessUntilItsTimeIsOver() {
        type("/cluster-access");
        shown(dialog(), "Cluster access");
        dialog().locator("select[name=target]").selectOption("prod view");
        dialog().locator("select[name=duration]").selectOption("1h");
        dialog().locator("textarea[name=reason]").fill("short");
        picture("access-form");
        press("Request");
        shown(dialog(), "The reason has 5 characters");
        dialog().locator("textarea[name=reason]").fill("the basket is <b>slow</b> & <!channel>");
        press("Request");
        shown(dialog(), "waits for approval");
        press("Close");

        become("Bob");
        shown(messages(), "Access requested");
        shown(messages(), "the basket is <b>slow</b> & <!channel>");
        picture("access-requested");
        page.getByRole(
                        AriaRole.BUTTON,
                        new GetByRoleOptions().setName("Approve").setExact(true))
                .click();
        shown(messages(), "Granted");
        shown(entries(), "ends in 60 min");
        picture("access-granted");

        become("Ada");
        room("Cluster access");
        shown(messages(), "aws eks update-kubeconfig --name prod");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Extend…"))
                .click();
        dialog().locator("textarea[name=reason]").fill("it is still slow");
        press("Ask");
        press("Close");
        become("Eve");
        room("cluster-access");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Approve more time"))
                .click();
        shown(entries(), "ends in 75 min");
        picture("access-extended");

        page.getByText("+1 h").click();
        shown(entries(), "ends in 15 min");
        page.getByText("+30 min").click();
        shown(entries(), "Nobody has access");
        shown(messages(), "Over.");
        picture("access-over");
    }

    @Test
    void refusesWithAReasonAndToOneself() {
        type("/cluster-access prod view 1h the basket is slow");
        page.getByRole(
                        AriaRole.BUTTON,
                        new GetByRoleOptions().setName("Approve").setExact(true))
                .click();
        shown(messages(), "Nobody decides about access for himself");
        become("Eve");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Refuse…"))
                .click();
        dialog().locator("textarea[name=reason]").fill("not during the sale");
        press("Refuse");
        press("Close");
        shown(messages(), "Refused by @Eve");
        picture("access-refused");
        assertThat(messages().locator("button")).hasCount(0, new HasCountOptions().setTimeout(PATIENCE_MS));
    }

    @Test
    void breaksTheGlassAfterASecondConfirmation() {
        type("/cluster-access break-glass");
        dialog().locator("input[name=incident]").fill("INC-7");
        dialog().locator("textarea[name=reason]").fill("everything is down");
        press("Continue");
        shown(dialog(), "Everybody who could have approved it is told");
        picture("access-break-glass");
        press("Give me access now");
        press("Close");
        shown(messages(), "Break-glass for INC-7");
        shown(entries(), "AmazonEKSClusterAdminPolicy");
        become("Eve");
        room("Cluster access");
        shown(messages(), "as an emergency: INC-7");
        room("cluster-access");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("End now"))
                .click();
        shown(messages(), "Ended early by @Eve");
        shown(entries(), "Nobody has access");
        picture("access-revoked");
    }

    @Test
    void isReadableInTheDarkAndOnAPhone() {
        type("/cluster-access prod view 1h the basket is slow");
        shown(messages(), "Access requested");
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            page.context().close();
            page = page(scheme, 390, 844);
            shown(messages(), "Access requested");
            Assertions.assertThat((Boolean) page.evaluate(
                            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
            picture("access-phone-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Another site, or a name that is made to point here, must not act through a visitor's browser. */
    @Test
    void answersNoOtherSite() throws IOException, InterruptedException {
        URI slash = served.uri().resolve("api/slash");
        var request = HttpRequest.newBuilder(slash)
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString("{\"person\":\"U0ADA\",\"text\":\"list\"}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            Assertions.assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
    }

    private Page page(ColorScheme scheme, int width, int height) {
        Page opened = chromium.browser
                .newContext(new NewContextOptions().setColorScheme(scheme).setViewportSize(width, height))
                .newPage();
        opened.setDefaultTimeout(PATIENCE_MS);
        opened.navigate(served.uri().toString());
        return opened;
    }

    private void type(String line) {
        page.getByLabel("Message").fill(line);
        page.getByLabel("Message").press("Enter");
    }

    private void press(String button) {
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private void become(String person) {
        page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName(person)).click();
    }

    private void room(String name) {
        page.locator("#rooms button", new Page.LocatorOptions().setHasText(name))
                .click();
    }

    private Locator dialog() {
        return page.locator("dialog");
    }

    private Locator messages() {
        return page.locator("#messages");
    }

    private Locator entries() {
        return page.locator("#entries");
    }

    private static void shown(Locator where, String text) {
        assertThat(where).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE_MS));
    }

    private void picture(String name) {
        page.screenshot(new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
