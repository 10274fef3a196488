package io.reverser.runner.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.reverser.runner.browser.AxeAudit;
import io.reverser.runner.browser.Chromium;
import io.reverser.runner.browser.ChromiumExtension;
import io.reverser.simulators.database.MariaDbServer;
import io.reverser.simulators.fault.TcpFaultProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the reverser's page in a real browser. Screenshots go to the folder in the system property {@code screenshots}.
 */
@ExtendWith(ChromiumExtension.class)
class PageIT {

    private static final Path SCREENSHOTS = Path.of(System.getProperty("screenshots", "target/screenshots"));
    private static final String LONGEST_IPV6 = "fd12:3456:789a:bcde:f012:3456:789a:bcde";

    private static Chromium chromium;
    private static MariaDbServer database;
    private static TcpFaultProxy proxy;
    private static RunningReverser reverser;

    @BeforeAll
    static void start(Chromium one) {
        chromium = one;
        database = MariaDbServer.start(ItFolder.PATH.resolve("mariadb"));
        proxy = TcpFaultProxy.to(database.port());
        reverser = TrainedReverser.start(MariaDbServer.environment(proxy.port()), ItFolder.PATH.resolve("page.log"));
        await().until(() -> ReverserClient.of(reverser).database().toString().contains("\"available\""));
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable part : new AutoCloseable[] {reverser, proxy, database}) {
            if (part != null) {
                close(part);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 7.113.0.203",
        LONGEST_IPV6 + ", bcde:789a:3456:f012:bcde:789a:3456:fd12",
        "100.100.100.200, 200.100.100.100"
    })
    void showsTheAddressAndItsReverse(String address, String reversed) {
        try (var context = context(desktop(), address)) {
            Page page = open(context);
            assertThat(page.locator(".address").first()).hasText(address);
            assertThat(page.locator(".address").last()).hasText(reversed);
            assertThat(page).hasTitle(address + " · Reverser");
        }
    }

    @Test
    void worksWithoutJavaScript() {
        try (var context = context(new NewContextOptions().setJavaScriptEnabled(false), "203.0.113.8")) {
            Page page = open(context);
            assertThat(page.locator(".address").first()).hasText("203.0.113.8");
            assertThat(page.locator("#visits")).hasText("1");
            assertThat(page.locator("button").first()).isHidden();
        }
    }

    @Test
    void copiesTheShownAddress() {
        try (var context = context(desktop(), "203.0.113.9")) {
            context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Page page = open(context);
            page.locator("button").last().click();
            assertThat(page.locator("button").last()).hasText("Copied");
            assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("9.113.0.203");
        }
    }

    @Test
    void countsItsReloads() {
        try (var context = context(desktop(), "203.0.113.10")) {
            Page page = open(context);
            for (int visit = 1; visit <= 5; visit++) {
                assertThat(page.locator("#visits")).hasText(String.valueOf(visit));
                page.reload();
            }
        }
    }

    @Test
    void linksToItsOtherFormats() {
        try (var context = context(desktop(), "203.0.113.11")) {
            Page page = open(context);
            page.getByText("JSON").click();
            assertThat(page.locator("body")).containsText("\"reversed\":\"11.113.0.203\"");
            page.goBack();
            page.getByText("OpenAPI").click();
            assertThat(page.locator("body")).containsText("\"openapi\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "desktop-ipv4,       203.0.113.7, LIGHT, false",
        "desktop-ipv4-dark,  203.0.113.7, DARK,  false",
        "desktop-ipv6," + LONGEST_IPV6 + ", LIGHT, false",
        "phone-ipv4,         100.100.100.200, LIGHT, true",
        "phone-ipv6-dark," + LONGEST_IPV6 + ", DARK, true"
    })
    void fitsTheScreen(String name, String address, ColorScheme scheme, boolean phone) {
        try (var context = context((phone ? phone() : desktop()).setColorScheme(scheme), address)) {
            assertLooksRight(open(context), name);
        }
    }

    @Test
    void showsUnknownVisitsWhileTheDatabaseIsUnavailable() throws Exception {
        proxy.disconnect();
        await().until(() -> ReverserClient.of(reverser).database().toString().contains("\"unavailable\""));
        try (var context = context(desktop().setColorScheme(ColorScheme.LIGHT), "203.0.113.12")) {
            Page page = open(context);
            assertThat(page.locator("#visits")).containsText("currently unknown");
            assertLooksRight(page, "desktop-database-unavailable");
        } finally {
            proxy.restore();
            await().until(() ->
                    ReverserClient.of(reverser).database().toString().contains("\"available\""));
        }
    }

    /**
     * Asserts that the page is not wider than the window and shows both addresses without scrolling, and that axe-core
     * finds no problem.
     */
    private static void assertLooksRight(Page page, String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve("page-" + name + ".png")));
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(page.locator("figure").last()).isInViewport();
        AxeAudit.assertAccessible(page);
    }

    private static NewContextOptions desktop() {
        return new NewContextOptions().setViewportSize(1280, 800);
    }

    private static NewContextOptions phone() {
        return new NewContextOptions().setViewportSize(360, 740).setIsMobile(true);
    }

    private static BrowserContext context(NewContextOptions options, String address) {
        return chromium.browser.newContext(options.setExtraHTTPHeaders(Map.of("X-Forwarded-For", address)));
    }

    /**
     * Opens the page. The test fails on any message in the browser's console, such as one about the content security
     * policy.
     */
    private static Page open(BrowserContext context) {
        Page page = context.newPage();
        var complaints = new ArrayList<String>();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.navigate(reverser.ports().httpAddress().toString());
        assertThat(complaints).isEmpty();
        return page;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
