package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasClassOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.reverser.runner.browser.Chromium;
import io.reverser.runner.browser.ChromiumExtension;
import io.reverser.runner.process.ItFolder;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.runner.workspace.WorkspacePageObject;
import io.reverser.simulators.LoopbackPort;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the tour of the sandbox, taken by a first-time user. */
@ExtendWith(ChromiumExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class TourIT {

    private static final double TIMEOUT_MS = 120_000;

    private static final Sandbox SANDBOX =
            new Sandbox(Path.of("..", "..").toAbsolutePath().normalize(), ItFolder.PATH, System.out::println);

    private static Sandbox.Running running;

    private WorkspacePageObject workspace;

    @BeforeAll
    static void up() {
        running = SANDBOX.start(LoopbackPort.free(), LoopbackPort.free());
    }

    @AfterAll
    static void down() {
        SANDBOX.close();
    }

    @BeforeEach
    void arrive(Chromium chromium) {
        workspace = WorkspacePageObject.onTour(chromium, running.page().uri());
        workspace.setScreen(ColorScheme.LIGHT, 1280, 800);
    }

    @AfterEach
    void leave() {
        workspace.close();
    }

    /**
     * The user double-clicks every button, and reloads the page during the longest step. This test runs first, because
     * it counts visits and messages.
     */
    @Test
    @Order(1)
    void showsThePlatformWithItsButtonsAlone() {
        workspace.assertAccessible();
        doIt();
        seeDone("Your address is 127.0.0.1, and its reverse is 1.0.0.127. This was visit number 1");
        awaitStoredVisit();
        workspace.click("Do it again");
        seeDone("This was visit number 2");
        next();
        doIt();
        seeDone("EKS has an access entry for Ada in prod, approved by Bob. It expires in 60 min");
        assertThat(workspace.entries().locator(".entry")).hasCount(1);
        workspace.screenshot("tour-access");
        next();
        doIt();
        seeDone("EKS no longer has the entry");
        assertThat(workspace.entries()).containsText("No one has access");
        next();
        doIt();
        seeDone("The alarm fired with its graph, Ada acknowledged it, and it is resolved");
        workspace.screenshot("tour-alarm");
        next();
        var before =
                running.context().rotation().orElseThrow().sandbox().secret().currentVersion();
        doIt();
        assertThat(workspace.page().locator("#window")).containsText("Open");
        workspace.page().reload();
        seeDone("All 3 pods use the new password");
        assertThat(said()).containsText("calls during the rotation, 0 failed");
        assertThat(running.context().rotation().orElseThrow().sandbox().secret().currentVersion())
                .isNotEqualTo(before);
        assertThat(workspace.page().locator("#title")).hasText("# platform");
        assertThat(workspace.messages().locator("li:not(.reply)")).hasCount(1);
        workspace.screenshot("tour");
        fitsTheScreen();
        workspace.click("End the tour");
        assertThat(workspace.page().locator("#tour")).isHidden();
    }

    @Test
    void saysWhatToDoWhenAStepIsBlocked() {
        step(3).click();
        doIt();
        assertThat(said()).containsText("Ada has no access that could expire. Do step 2 first.");
        workspace.clickAlarmButton("dev-database-write-latency", "fire");
        RotationSandbox rotation = running.context().rotation().orElseThrow().sandbox();
        rotation.cluster().pods().setEnvironment("REVERSER_CALLER_TRUSTED_PROXIES", "everybody");
        rotation.kill(rotation.pods().getFirst());
        assertThat(workspace.page().locator("#pods .pod:not(.ready)")).hasCount(1);
        step(5).click();
        doIt();
        assertThat(said()).containsText("Not all pods on the right are ready");
        rotation.cluster().pods().unsetEnvironment("REVERSER_CALLER_TRUSTED_PROXIES");
        assertThat(said())
                .containsText(
                        "Waiting to start: a blocking alarm is firing: dev-database-write-latency. Solve that on the right, and this step continues.",
                        new ContainsTextOptions().setTimeout(TIMEOUT_MS));
        workspace.assertAccessible();
        workspace.clickAlarmButton("dev-database-write-latency", "resolve");
        seeDone("All 3 pods use the new password");
    }

    @Test
    void closesAndReopensByKeyboard() {
        assertThat(workspace.page().locator("#tour")).isVisible();
        workspace.page().getByLabel("Close the tour").focus();
        workspace.page().keyboard().press("Enter");
        assertThat(workspace.page().locator("#tour")).isHidden();
        workspace.page().reload();
        assertThat(workspace.page().getByText("Take the tour")).isVisible();
        assertThat(workspace.page().locator("#tour")).isHidden();
        workspace.page().getByText("Take the tour").focus();
        workspace.page().keyboard().press("Enter");
        assertThat(workspace.page().locator("#tour-do")).isFocused();
        assertThat(workspace.page().getByText("Take the tour")).isHidden();
        workspace.page().keyboard().press("Enter");
        seeDone("Your address is");
        workspace.page().keyboard().press("Tab");
        workspace.page().keyboard().press("Enter");
        assertThat(step(2)).hasAttribute("aria-current", "step");
        step(3).focus();
        workspace.page().keyboard().press("Enter");
        assertThat(step(3)).hasAttribute("aria-current", "step");
        assertThat(step(3)).isFocused();
    }

    private void fitsTheScreen() {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            workspace.setScreen(scheme, 390, 844);
            assertThat(workspace.page().locator("#tour-next")).isInViewport();
            assertThat((Boolean) workspace.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
            workspace.screenshot("tour-phone-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Starts a step of the tour, and audits the accessibility of the page while the step runs. */
    private void doIt() {
        workspace.assertAccessibleAfter(
                () -> workspace.page().locator("#tour-do").dblclick());
    }

    /** Waits until the first visit is in the database, because pods store their visits only once a second. */
    private static void awaitStoredVisit() {
        await().until(() -> {
            try (var connection = running.database().connectAsAdministrator();
                    var own = connection
                            .createStatement()
                            .executeQuery("SELECT visits FROM visit WHERE address = INET6_ATON('127.0.0.1')")) {
                return own.next();
            }
        });
    }

    private void next() {
        workspace.click("Next");
        workspace.assertAccessible();
    }

    private void seeDone(String what) {
        assertThat(said()).hasClass("done", new HasClassOptions().setTimeout(TIMEOUT_MS));
        assertThat(said()).containsText(what);
        workspace.assertAccessible();
    }

    private Locator said() {
        return workspace.page().locator("#tour-message");
    }

    private Locator step(int number) {
        return workspace.page().locator("#tour-steps button").nth(number - 1);
    }
}
