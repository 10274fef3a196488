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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tour of the sandbox, as it is taken by somebody who has never seen any of it. */
@ExtendWith(ChromiumExtension.class)
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

    /** Impatiently: every click is two, and in the middle of the longest step the page is loaded again. */
    @Test
    void showsEverythingByItsButtonsAlone() {
        doIt();
        seeDone("You come from 127.0.0.1, which in reverse is 1.0.0.127. This was visit number 1");
        awaitThatOtherPodsKnow();
        workspace.click("Do it again");
        seeDone("This was visit number 2");
        next();
        doIt();
        seeDone("EKS has an entry for Ada in prod, approved by Bob. It ends by itself in 60 min");
        assertThat(workspace.entries().locator(".entry")).hasCount(1);
        workspace.screenshot("tour-access");
        next();
        doIt();
        seeDone("The entry is gone from EKS");
        assertThat(workspace.entries()).containsText("No one has access");
        next();
        doIt();
        seeDone("It rang with its graph, Ada looked after it, and it is fine again");
        workspace.screenshot("tour-alarm");
        next();
        var before =
                running.context().rotation().orElseThrow().sandbox().secret().currentVersion();
        doIt();
        assertThat(workspace.page().locator("#window")).containsText("Open");
        workspace.page().reload();
        seeDone("All 3 pods have the new password");
        assertThat(said()).containsText("calls meanwhile, 0 failed");
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
    void saysWhatToDoWhenSomethingIsInTheWay() {
        step(3).click();
        doIt();
        assertThat(said()).containsText("Ada has no access that could end. Do step 2 first.");
        workspace.clickAlarmButton("dev-database-write-latency", "fire");
        RotationSandbox rotation = running.context().rotation().orElseThrow().sandbox();
        rotation.kill(rotation.pods().getFirst());
        assertThat(workspace.page().locator("#pods .pod:not(.ready)")).hasCount(1);
        step(5).click();
        doIt();
        assertThat(said()).containsText("Not all pods on the right are ready");
        assertThat(said())
                .containsText(
                        "It is due, and waits: an alarm rings: dev-database-write-latency. See to that on the right, and it goes on.",
                        new ContainsTextOptions().setTimeout(TIMEOUT_MS));
        workspace.clickAlarmButton("dev-database-write-latency", "resolve");
        seeDone("All 3 pods have the new password");
    }

    @Test
    void canBeClosedAndOpenedAgainByKeyboard() {
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
        seeDone("You come from");
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

    private void doIt() {
        workspace.page().locator("#tour-do").dblclick();
    }

    /** Pods store their visits once a second. */
    private static void awaitThatOtherPodsKnow() {
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
    }

    private void seeDone(String what) {
        assertThat(said()).hasClass("done", new HasClassOptions().setTimeout(TIMEOUT_MS));
        assertThat(said()).containsText(what);
    }

    private Locator said() {
        return workspace.page().locator("#tour-message");
    }

    private Locator step(int number) {
        return workspace.page().locator("#tour-steps button").nth(number - 1);
    }
}
