package io.reverser.runner.workspace;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.reverser.runner.workspace.WorkspacePageObject.assertShown;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.reverser.runner.browser.Chromium;
import io.reverser.runner.browser.ChromiumExtension;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Alarms as people meet them: on the page, with the packaged function behind it. */
@ExtendWith(ChromiumExtension.class)
class AlarmsPageIT {

    private static final Pattern STORM = Pattern.compile("Alarm storm: (19[0-9]|200) alarms firing");

    private final WorkspaceFixture fixture = WorkspaceFixture.start();
    private final WorkspacePageObject workspace;

    AlarmsPageIT(Chromium chromium) {
        workspace = new WorkspacePageObject(chromium, fixture.page.uri());
    }

    @BeforeEach
    void wakeTheFunction() {
        fixture.alarms.startProcesses();
    }

    @AfterEach
    void close() {
        workspace.close();
        fixture.close();
    }

    @Test
    void isOneMessageWithItsPictureFromTheFirstRingToTheEnd() {
        workspace.openChannel("on-call");
        workspace.clickAlarmButton("dev-reverser-errors", "fire");
        assertShown(workspace.messages(), "The reverser answers more than 5 % of its callers with an error");
        assertShown(workspace.messages(), "@oncall");
        assertThat(message().locator(".bar img")).isVisible();
        picture("alarm-rings");
        workspace.click("Acknowledge");
        assertShown(workspace.messages(), "Acknowledged by @Ada");
        workspace.actAs("Bob");
        workspace.click("Mute 1 h");
        assertShown(workspace.messages(), "Muted by @Bob");
        picture("alarm-acknowledged");
        workspace.clickAlarmButton("dev-reverser-errors", "resolve");
        assertShown(workspace.messages(), "OK since");
        assertThat(workspace.messages().locator("li:not(.reply)")).hasCount(1);
        picture("alarm-over");
    }

    @Test
    void goesOnWhileItFlaps() {
        workspace.openChannel("alarms");
        workspace.clickAlarmButton("dev-database-write-latency", "flap");
        assertShown(workspace.messages(), "fired 3 times");
        assertThat(workspace.messages().locator("li:not(.reply)")).hasCount(1);
        picture("alarm-flaps");
    }

    @Test
    void foldsAStormIntoOneMessage() {
        workspace.openChannel("alarms");
        workspace.click("A storm of 200");
        // The functions start first, and Slack takes one message a second.
        assertThat(workspace.messages()).containsText(STORM);
        assertShown(workspace.messages(), "shop-web-");
        // Whoever came first and alone has a message of its own.
        Matcher storm = STORM.matcher(workspace.messages().textContent());
        int others = 200 - (storm.find() ? Integer.parseInt(storm.group(1)) : 0);
        assertThat(workspace.messages().locator("li:not(.reply)")).hasCount(1 + others);
        workspace.messages().locator(".thread").last().click();
        assertShown(workspace.messages(), "shop-web-199-errors");
        picture("alarm-storm");
    }

    @Test
    void saysWhatACompositeAlarmIsMadeOf() {
        workspace.openChannel("on-call");
        workspace.clickAlarmButton("dev-reverser-errors", "fire");
        // What rings after the composite alarm would be a line in its thread.
        assertShown(workspace.messages(), "The reverser answers more than 5 % of its callers with an error");
        workspace.clickAlarmButton("dev-database-write-latency", "fire");
        assertShown(workspace.messages(), "The reverser cannot be used");
        assertShown(workspace.messages(), "Triggered by");
        assertShown(workspace.messages(), "Part of a composite alarm");
        workspace.reopen(ColorScheme.DARK, 1360, 860);
        workspace.openChannel("on-call");
        assertShown(workspace.messages(), "The reverser cannot be used");
        picture("alarm-composite-dark");
    }

    private Locator message() {
        return workspace.messages().locator("li:not(.reply)").first();
    }

    /** From the beginning of the channel. */
    private void picture(String name) {
        workspace.page().evaluate("document.getElementById('messages').scrollTop = 0");
        workspace.screenshot(name);
    }
}
