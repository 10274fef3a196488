package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.reverser.runner.WorkspaceVisitor.shown;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Alarms as people meet them: on the page, with the packaged function behind it. */
@ExtendWith(OneChromium.class)
class AlarmsPageIT {

    private static final Pattern STORM = Pattern.compile("A storm: (19[0-9]|200) alarms ring");

    private final WorkspaceStage stage = WorkspaceStage.open();
    private final WorkspaceVisitor visitor;

    AlarmsPageIT(Chromium chromium) {
        visitor = new WorkspaceVisitor(chromium, stage.page.uri());
    }

    @BeforeEach
    void wakeTheFunction() {
        stage.alarms.warm();
    }

    @AfterEach
    void close() {
        visitor.close();
        stage.close();
    }

    @Test
    void isOneMessageWithItsPictureFromTheFirstRingToTheEnd() {
        visitor.room("on-call");
        visitor.alarm("dev-reverser-errors", "fire");
        shown(visitor.messages(), "The reverser answers more than 5 % of its callers with an error");
        shown(visitor.messages(), "@oncall");
        assertThat(message().locator(".bar img")).isVisible();
        picture("alarm-rings");
        visitor.click("I look after it");
        shown(visitor.messages(), "@Ada looks after it since");
        visitor.become("Bob");
        visitor.click("Silence 1 h");
        shown(visitor.messages(), "@Bob asked for it");
        picture("alarm-looked-after");
        visitor.alarm("dev-reverser-errors", "resolve");
        shown(visitor.messages(), "OK since");
        assertThat(visitor.messages().locator("li:not(.reply)")).hasCount(1);
        picture("alarm-over");
    }

    @Test
    void goesOnWhileItFlaps() {
        visitor.room("alarms");
        visitor.alarm("dev-database-write-latency", "flap");
        shown(visitor.messages(), "rang 3 times");
        assertThat(visitor.messages().locator("li:not(.reply)")).hasCount(1);
        picture("alarm-flaps");
    }

    @Test
    void foldsAStormIntoOneMessage() {
        visitor.room("alarms");
        visitor.click("A storm of 200");
        // The functions start first, and Slack takes one message a second.
        assertThat(visitor.messages())
                .containsText(STORM, new ContainsTextOptions().setTimeout(3 * Chromium.PATIENCE_MS));
        shown(visitor.messages(), "shop-web-");
        // Whoever came first and alone has a message of its own.
        Matcher storm = STORM.matcher(visitor.messages().textContent());
        int others = 200 - (storm.find() ? Integer.parseInt(storm.group(1)) : 0);
        assertThat(visitor.messages().locator("li:not(.reply)")).hasCount(1 + others);
        visitor.messages().locator(".thread").last().click();
        shown(visitor.messages(), "shop-web-199-errors");
        picture("alarm-storm");
    }

    @Test
    void saysWhatACompositeAlarmIsMadeOf() {
        visitor.room("on-call");
        visitor.alarm("dev-reverser-errors", "fire");
        // What rings after the composite alarm would be a line in its thread.
        shown(visitor.messages(), "The reverser answers more than 5 % of its callers with an error");
        visitor.alarm("dev-database-write-latency", "fire");
        shown(visitor.messages(), "The reverser cannot be used");
        shown(visitor.messages(), "because of");
        shown(visitor.messages(), "part of a composite alarm");
        visitor.lookFrom(ColorScheme.DARK, 1360, 860);
        visitor.room("on-call");
        shown(visitor.messages(), "The reverser cannot be used");
        picture("alarm-composite-dark");
    }

    private Locator message() {
        return visitor.messages().locator("li:not(.reply)").first();
    }

    /** From the beginning of the room. */
    private void picture(String name) {
        visitor.page().evaluate("document.getElementById('messages').scrollTop = 0");
        visitor.picture(name);
    }
}
