package io.reverser.runner;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.reverser.runner.WorkspaceVisitor.shown;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cluster access as somebody uses it who has never seen it: a real browser, the packaged functions. */
@ExtendWith(OneChromium.class)
class WorkspacePageIT {

    private final WorkspaceStage stage = WorkspaceStage.open();
    private final WorkspaceVisitor visitor;

    WorkspacePageIT(Chromium chromium) {
        visitor = new WorkspaceVisitor(chromium, stage.page.uri());
    }

    @BeforeEach
    void wakeTheFunctions() {
        stage.access.sweep();
        WorkspaceStage.awaitCommand(stage.access);
    }

    @AfterEach
    void close() {
        visitor.close();
        stage.close();
    }

    @Test
    void saysThatTheSandboxDoesNotAnswer() {
        var state = Pattern.compile("/api/state");
        Locator away = visitor.page().getByText("Does ./platform up still run?");
        visitor.page().route(state, Route::abort);
        assertThat(away).isVisible();
        visitor.page().unroute(state);
        assertThat(away).isHidden();
    }

    @Test
    void givesAccessUntilItsTimeIsOver() {
        visitor.type("/cluster-access");
        shown(visitor.dialog(), "Cluster access");
        visitor.dialog().locator("select[name=target]").selectOption("prod view");
        visitor.dialog().locator("select[name=duration]").selectOption("1h");
        visitor.dialog().locator("textarea[name=reason]").fill("short");
        visitor.picture("access-form");
        visitor.press("Request");
        shown(visitor.dialog(), "The reason has 5 characters");
        visitor.dialog().locator("textarea[name=reason]").fill("the basket is <b>slow</b> & <!channel>");
        visitor.press("Request");
        shown(visitor.dialog(), "waits for approval");
        visitor.press("Close");

        visitor.become("Bob");
        shown(visitor.messages(), "Access requested");
        shown(visitor.messages(), "the basket is <b>slow</b> & <!channel>");
        visitor.picture("access-requested");
        visitor.click("Approve");
        shown(visitor.messages(), "Granted");
        shown(visitor.entries(), "ends in 60 min");
        visitor.picture("access-granted");

        visitor.become("Ada");
        visitor.room("Cluster access");
        shown(visitor.messages(), "aws eks update-kubeconfig --name prod");
        visitor.click("Extend…");
        visitor.dialog().locator("textarea[name=reason]").fill("it is still slow");
        visitor.press("Ask");
        visitor.press("Close");
        visitor.become("Eve");
        visitor.room("cluster-access");
        visitor.click("Approve more time");
        shown(visitor.entries(), "ends in 75 min");
        visitor.picture("access-extended");

        visitor.page().getByText("+1 h").click();
        shown(visitor.entries(), "ends in 15 min");
        visitor.page().getByText("+30 min").click();
        shown(visitor.entries(), "Nobody has access");
        shown(visitor.messages(), "Over.");
        visitor.picture("access-over");
    }

    @Test
    void refusesWithAReasonAndToOneself() {
        visitor.type("/cluster-access prod view 1h the basket is slow");
        visitor.click("Approve");
        shown(visitor.messages(), "Nobody decides about access for himself");
        visitor.become("Eve");
        visitor.click("Refuse…");
        visitor.dialog().locator("textarea[name=reason]").fill("not during the sale");
        visitor.press("Refuse");
        visitor.press("Close");
        shown(visitor.messages(), "Refused by @Eve");
        visitor.picture("access-refused");
        assertThat(visitor.messages().locator("button")).hasCount(0);
    }

    @Test
    void breaksTheGlassAfterASecondConfirmation() {
        visitor.type("/cluster-access break-glass");
        visitor.dialog().locator("input[name=incident]").fill("INC-7");
        visitor.dialog().locator("textarea[name=reason]").fill("everything is down");
        visitor.press("Continue");
        shown(visitor.dialog(), "Everybody who could have approved it is told");
        visitor.picture("access-break-glass");
        visitor.press("Give me access now");
        visitor.press("Close");
        shown(visitor.messages(), "Break-glass for INC-7");
        shown(visitor.entries(), "AmazonEKSClusterAdminPolicy");
        visitor.become("Eve");
        visitor.room("Cluster access");
        shown(visitor.messages(), "as an emergency: INC-7");
        visitor.room("cluster-access");
        visitor.click("End now");
        shown(visitor.messages(), "Ended early by @Eve");
        shown(visitor.entries(), "Nobody has access");
        visitor.picture("access-revoked");
    }

    @Test
    void isReadableInTheDarkAndOnAPhone() {
        visitor.type("/cluster-access prod view 1h the basket is slow");
        shown(visitor.messages(), "Access requested");
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            visitor.lookFrom(scheme, 390, 844);
            shown(visitor.messages(), "Access requested");
            Assertions.assertThat((Boolean) visitor.page()
                            .evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
            visitor.picture("access-phone-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Another site, or a name that is made to point here, must not act through a visitor's browser. */
    @Test
    void answersNoOtherSite() throws IOException, InterruptedException {
        URI slash = stage.page.uri().resolve("api/slash");
        var request = HttpRequest.newBuilder(slash)
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString("{\"person\":\"U0ADA\",\"text\":\"list\"}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            Assertions.assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
    }
}
