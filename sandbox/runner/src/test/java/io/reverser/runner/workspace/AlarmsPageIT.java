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

/** Tests alarms on the workspace page, with the packaged notifier function. */
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
    void keepsOneMessageWithItsGraphFromFiringToResolved() {
        workspace.openChannel("on-call");
        workspace.clickAlarmButton("dev-reverser-errors", "fire");
        assertShown(workspace.messages(), "More than 5 % of the reverser's responses are errors");
        assertShown(workspace.messages(), "@oncall");
        assertThat(message().locator(".bar img")).isVisible();
        picture("alarm-fires");
        workspace.click("Acknowledge");
        assertShown(workspace.messages(), "Acknowledged by @Ada");
        workspace.actAs("Bob");
        workspace.click("Mute 1 h");
        assertShown(workspace.messages(), "Muted by @Bob");
        picture("alarm-acknowledged");
        workspace.clickAlarmButton("dev-reverser-errors", "resolve");
        assertShown(workspace.messages(), "OK since");
        assertThat(workspace.messages().locator("li:not(.reply)")).hasCount(1);
        picture("alarm-resolved");
    }

    @Test
    void updatesOneMessageWhileAnAlarmFlaps() {
        workspace.openChannel("alarms");
        workspace.clickAlarmButton("dev-database-write-latency", "flap");
        assertShown(workspace.messages(), "fired 3 times");
        assertThat(workspace.messages().locator("li:not(.reply)")).hasCount(1);
        picture("alarm-flaps");
    }

    @Test
    void foldsAStormIntoOneMessage() {
        workspace.openChannel("alarms");
        workspace.click("Fire 200 alarms");
        // This takes time, because the function's processes start first, and Slack accepts only one message a second.
        assertThat(workspace.messages()).containsText(STORM);
        assertShown(workspace.messages(), "shop-web-");
        // An alarm that was posted before the storm began has a separate message.
        Matcher storm = STORM.matcher(workspace.messages().textContent());
        int others = 200 - (storm.find() ? Integer.parseInt(storm.group(1)) : 0);
        assertThat(workspace.messages().locator("li:not(.reply)")).hasCount(1 + others);
        workspace.messages().locator(".thread").last().click();
        assertShown(workspace.messages(), "shop-web-199-errors");
        picture("alarm-storm");
    }

    @Test
    void namesTheAlarmsBehindACompositeAlarm() {
        workspace.openChannel("on-call");
        workspace.clickAlarmButton("dev-reverser-errors", "fire");
        // The order matters: if this alarm fired after the composite alarm, it would be a reply in the composite
        // alarm's thread.
        assertShown(workspace.messages(), "More than 5 % of the reverser's responses are errors");
        workspace.clickAlarmButton("dev-database-write-latency", "fire");
        assertShown(workspace.messages(), "The reverser is unavailable");
        assertShown(workspace.messages(), "Child alarms");
        assertShown(workspace.messages(), "Part of a composite alarm");
        workspace.reopen(ColorScheme.DARK, 1360, 860);
        workspace.openChannel("on-call");
        assertShown(workspace.messages(), "The reverser is unavailable");
        picture("alarm-composite-dark");
    }

    private Locator message() {
        return workspace.messages().locator("li:not(.reply)").first();
    }

    /** Takes a screenshot of the channel, scrolled to its top. */
    private void picture(String name) {
        workspace.page().evaluate("document.getElementById('messages').scrollTop = 0");
        workspace.screenshot(name);
    }
}
