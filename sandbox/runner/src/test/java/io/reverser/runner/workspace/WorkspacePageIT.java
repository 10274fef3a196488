package io.reverser.runner.workspace;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.reverser.runner.workspace.WorkspacePageObject.assertShown;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.reverser.runner.browser.AxeAudit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Tests cluster access as a first-time user sees it: in a real browser, with the packaged functions. */
class WorkspacePageIT extends SharedWorkspace {

    @Override
    WorkspaceFixture startFixture() {
        WorkspaceFixture started = WorkspaceFixture.start();
        started.access.startCommand();
        return started;
    }

    @Test
    void reportsThatTheSandboxDoesNotAnswer() {
        var state = Pattern.compile("/api/state");
        Locator away = workspace.page().getByText("Is ./platform up still running?");
        workspace.page().route(state, Route::abort);
        assertThat(away).isVisible();
        AxeAudit.assertAccessible(workspace.page());
        workspace.page().unroute(state);
        assertThat(away).isHidden();
    }

    @Test
    void grantsAccessUntilItExpires() {
        workspace.type("/cluster-access");
        assertShown(workspace.dialog(), "Cluster access");
        workspace.dialog().locator("select[name=target]").selectOption("prod view");
        workspace.dialog().locator("select[name=duration]").selectOption("1h");
        workspace.dialog().locator("textarea[name=reason]").fill("short");
        workspace.screenshot("access-form");
        workspace.press("Request");
        assertShown(workspace.dialog(), "The reason has 5 characters");
        workspace.assertAccessible();
        workspace.dialog().locator("textarea[name=reason]").fill("the basket is <b>slow</b> & <!channel>");
        workspace.press("Request");
        assertShown(workspace.dialog(), "waiting for approval");
        workspace.press("Close");

        workspace.actAs("Bob");
        assertShown(workspace.messages(), "Access requested");
        assertShown(workspace.messages(), "the basket is <b>slow</b> & <!channel>");
        workspace.screenshot("access-requested");
        workspace.click("Approve");
        assertShown(workspace.messages(), "Granted");
        assertShown(workspace.entries(), "expires in 60 min");
        workspace.screenshot("access-granted");

        workspace.actAs("Ada");
        workspace.openChannel("Cluster access");
        assertShown(workspace.messages(), "aws eks update-kubeconfig --name prod");
        workspace.click("Extend…");
        workspace.dialog().locator("textarea[name=reason]").fill("it is still slow");
        workspace.press("Request");
        workspace.press("Close");
        workspace.actAs("Eve");
        workspace.openChannel("cluster-access");
        workspace.click("Approve extension");
        assertShown(workspace.entries(), "expires in 75 min");
        assertThat(workspace.messages().getByText("Approve extension")).hasCount(0);
        workspace.screenshot("access-extended");

        workspace.page().getByText("+1 h").click();
        assertShown(workspace.entries(), "expires in 15 min");
        workspace.page().getByText("+30 min").click();
        assertShown(workspace.entries(), "No one has access");
        assertShown(workspace.messages(), "Expired.");
        workspace.screenshot("access-expired");
    }

    @Test
    void rejectsWithAReasonAndNeverOnesOwn() {
        workspace.type("/cluster-access prod view 1h the basket is slow");
        workspace.click("Approve");
        assertShown(workspace.messages(), "You cannot approve your own request");
        workspace.actAs("Eve");
        workspace.click("Reject…");
        workspace.dialog().locator("textarea[name=reason]").fill("not during the sale");
        workspace.press("Reject");
        workspace.press("Close");
        assertShown(workspace.messages(), "Rejected by @Eve");
        workspace.screenshot("access-rejected");
        assertThat(workspace.messages().locator("button")).hasCount(0);
    }

    @Test
    void breaksTheGlassAfterASecondConfirmation() {
        workspace.type("/cluster-access break-glass");
        workspace.dialog().locator("input[name=incident]").fill("INC-7");
        workspace.dialog().locator("textarea[name=reason]").fill("everything is down");
        workspace.press("Continue");
        assertShown(workspace.dialog(), "access is granted at once, and the approvers are notified");
        workspace.screenshot("access-break-glass");
        workspace.press("Give me access now");
        workspace.press("Close");
        assertShown(workspace.messages(), "Break-glass for INC-7");
        assertShown(workspace.entries(), "AmazonEKSClusterAdminPolicy");
        workspace.actAs("Eve");
        workspace.openChannel("Cluster access");
        assertShown(workspace.messages(), "as break-glass access for INC-7");
        workspace.openChannel("cluster-access");
        workspace.click("Revoke");
        assertShown(workspace.messages(), "Revoked by @Eve");
        assertShown(workspace.entries(), "No one has access");
        workspace.screenshot("access-revoked");
    }

    @Test
    void fitsAPhoneInLightAndDark() {
        workspace.type("/cluster-access prod view 1h the basket is slow");
        assertShown(workspace.messages(), "Access requested");
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            workspace.reopen(scheme, 390, 844);
            assertShown(workspace.messages(), "Access requested");
            Assertions.assertThat(workspace.fitsTheWidth()).isTrue();
            workspace.screenshot("access-phone-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * Neither another site nor another host name that resolves to this machine (DNS rebinding) may act through a
     * visitor's browser.
     */
    @Test
    void rejectsCallsFromOtherSites() throws IOException, InterruptedException {
        URI slash = fixture.page.uri().resolve("api/slash");
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
