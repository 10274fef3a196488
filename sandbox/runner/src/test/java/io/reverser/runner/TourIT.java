package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasClassOptions;
import com.microsoft.playwright.options.ColorScheme;
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
@ExtendWith(OneChromium.class)
class TourIT {

    private static final double PATIENCE_MS = 120_000;

    private static final Sandbox SANDBOX =
            new Sandbox(Path.of("..", "..").toAbsolutePath().normalize(), ItFolder.PATH, System.out::println);

    private static Sandbox.Running running;

    private WorkspaceVisitor visitor;

    @BeforeAll
    static void up() {
        running = SANDBOX.start(LoopbackPort.free());
    }

    @AfterAll
    static void down() {
        SANDBOX.close();
    }

    @BeforeEach
    void arrive(Chromium chromium) {
        visitor = WorkspaceVisitor.onTour(chromium, running.workspace().uri());
        visitor.look(ColorScheme.LIGHT, 1280, 800);
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    /** Impatiently: every click is two, and in the middle of the longest step the page is loaded again. */
    @Test
    void showsEverythingByItsButtonsAlone() {
        doIt();
        seeDone("You come from 127.0.0.1, which in reverse is 1.0.0.127. This was visit number 1");
        awaitThatOtherPodsKnow();
        visitor.click("Do it again");
        seeDone("This was visit number 2");
        next();
        doIt();
        seeDone("EKS has an entry for Ada in prod, approved by Bob. It ends by itself in 60 min");
        assertThat(visitor.entries().locator(".entry")).hasCount(1);
        visitor.picture("tour-access");
        next();
        doIt();
        seeDone("The entry is gone from EKS");
        assertThat(visitor.entries()).containsText("Nobody has access");
        next();
        doIt();
        seeDone("It rang with its graph, Ada looked after it, and it is fine again");
        visitor.picture("tour-alarm");
        next();
        var before = running.parts().rotation().orElseThrow().sandbox().secret().version();
        doIt();
        assertThat(visitor.page().locator("#window")).containsText("Open");
        visitor.page().reload();
        seeDone("All 3 pods have the new password");
        assertThat(said()).containsText("calls meanwhile, 0 failed");
        assertThat(running.parts().rotation().orElseThrow().sandbox().secret().version())
                .isNotEqualTo(before);
        assertThat(visitor.page().locator("#title")).hasText("# platform");
        assertThat(visitor.messages().locator("li:not(.reply)")).hasCount(1);
        visitor.picture("tour");
        fitsTheScreen();
        visitor.click("End the tour");
        assertThat(visitor.page().locator("#tour")).isHidden();
    }

    @Test
    void saysWhatToDoWhenSomethingIsInTheWay() {
        step(3).click();
        doIt();
        assertThat(said()).containsText("Ada has no access that could end. Do step 2 first.");
        visitor.alarm("dev-database-write-latency", "fire");
        RotationSandbox rotation = running.parts().rotation().orElseThrow().sandbox();
        rotation.kill(rotation.pods().getFirst());
        assertThat(visitor.page().locator("#pods .pod:not(.ready)")).hasCount(1);
        step(5).click();
        doIt();
        assertThat(said()).containsText("Not all pods on the right are ready");
        assertThat(said())
                .containsText(
                        "It is due, and waits: an alarm rings: dev-database-write-latency. See to that on the right, and it goes on.",
                        new ContainsTextOptions().setTimeout(PATIENCE_MS));
        visitor.alarm("dev-database-write-latency", "resolve");
        seeDone("All 3 pods have the new password");
    }

    @Test
    void canBeClosedAndOpenedAgainByKeyboard() {
        visitor.page().getByLabel("Close the tour").focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.page().locator("#tour")).isHidden();
        visitor.page().reload();
        assertThat(visitor.page().getByText("Take the tour")).isVisible();
        assertThat(visitor.page().locator("#tour")).isHidden();
        visitor.page().getByText("Take the tour").focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.page().locator("#tour-do")).isFocused();
        assertThat(visitor.page().getByText("Take the tour")).isHidden();
        visitor.page().keyboard().press("Enter");
        seeDone("You come from");
        visitor.page().keyboard().press("Tab");
        visitor.page().keyboard().press("Enter");
        assertThat(step(2)).hasAttribute("aria-current", "step");
        step(3).focus();
        visitor.page().keyboard().press("Enter");
        assertThat(step(3)).hasAttribute("aria-current", "step");
        assertThat(step(3)).isFocused();
    }

    private void fitsTheScreen() {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            visitor.look(scheme, 390, 844);
            assertThat(visitor.page().locator("#tour-next")).isInViewport();
            assertThat((Boolean) visitor.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
            visitor.picture("tour-phone-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    private void doIt() {
        visitor.page().locator("#tour-do").dblclick();
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
        visitor.click("Next");
    }

    private void seeDone(String what) {
        assertThat(said()).hasClass("done", new HasClassOptions().setTimeout(PATIENCE_MS));
        assertThat(said()).containsText(what);
    }

    private Locator said() {
        return visitor.page().locator("#tour-said");
    }

    private Locator step(int number) {
        return visitor.page().locator("#tour-steps button").nth(number - 1);
    }
}
