package io.reverser.runner.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.runner.process.ItFolder;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests cluster access with the packaged functions, from the slash command to the expiry. */
class AccessIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("r-[2-9a-z]{10}");

    private static AccessSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = AccessSandbox.start(Path.of("..", ".."), ItFolder.PATH.resolve("access"));
        sandbox.startCommand();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        AccessReset.reset(sandbox);
    }

    @Test
    void grantsAccessFromTheFormAndRevokesItOnTime() throws IOException {
        assertThat(sandbox.app()
                        .sendSlashCommand("U0ADA", "/cluster-access", "")
                        .isMissingNode())
                .isTrue();
        JsonNode form = JSON.readTree(sandbox.workspace().views().getLast());
        JsonNode response = sandbox.app()
                .submitModal(
                        "U0ADA", form, Map.of("target", "prod view", "duration", "1h", "reason", "the basket is slow"));
        assertThat(response.toString()).contains("waiting for approval");

        WorkspaceMessage request = shown("Access requested");
        String id = id(response.toString());
        sandbox.app().clickButton("U0BOB", request, "approve", id);
        await().until(() -> !entries().isEmpty());
        assertThat(entries().getFirst().tags()).containsEntry("cluster-access:approvers", "U0BOB");
        shown("Granted");
        await().until(() -> sandbox.workspace().messages("U0ADA").size() == 1);

        type("U0ADA", "extend " + id + " 30m not done yet");
        sandbox.app().clickButton("U0EVE", shown("Extension requested:* 30m"), "approve-extension", id);
        await().until(() -> sandbox.workspace().messages("U0ADA").size() == 2);

        sandbox.aws().clock().move(Duration.ofMinutes(75));
        await().during(Duration.ofSeconds(1)).until(() -> !entries().isEmpty());
        sandbox.aws().clock().move(Duration.ofMinutes(16));
        await().until(() -> entries().isEmpty());
        shown("Expired.");
    }

    @Test
    void grantsWithoutApprovalAndEndsEarly() {
        String id = id(type("U0ADA", "dev view 1h the basket is slow"));
        await().until(() -> type("U0ADA", "status " + id).contains("granted until"));
        assertThat(entries()).hasSize(1);
        type("U0ADA", "revoke " + id);
        shown("Revoked");
        assertThat(entries()).isEmpty();
        assertThat(type("U0ADA", "status " + id)).contains("grant", "revoke", "end");
    }

    /**
     * The granter function's process dies right after each API call of a grant has taken effect; then the DynamoDB
     * stream delivers the event again.
     */
    @Test
    void survivesACrashAfterAnyCallOfAGrant() {
        for (String call : List.of(
                "Scheduler.CreateSchedule",
                "EKS.CreateAccessEntry",
                "EKS.AssociateAccessPolicy",
                "Slack.chat.postMessage")) {
            sandbox.aws().faults().runAfter(call, sandbox.granter()::kill);
            String id = id(type("U0ADA", "dev view 1h dies after " + call));
            await(call)
                    .untilAsserted(
                            () -> assertThat(type("U0ADA", "status " + id)).contains("granted until"));
            assertThat(entries()).singleElement().satisfies(entry -> {
                assertThat(entry.tags()).containsEntry("cluster-access:request-id", id);
                assertThat(entry.policies()).hasSize(1);
            });
            type("U0ADA", "revoke " + id);
            await().until(() -> entries().isEmpty());
            await().until(() -> type("U0ADA", "status " + id).contains("revoked"));
            sandbox.aws().clock().move(Duration.ofDays(1));
        }
    }

    @Test
    void remindsBeforeTheExpiry() {
        sandbox.scheduleSweep();
        type("U0ADA", "dev view 1h the basket is slow");
        await().until(() -> !entries().isEmpty());
        sandbox.aws().clock().move(Duration.ofMinutes(52));
        await().until(() -> sandbox.workspace().messages("U0ADA").stream()
                .anyMatch(message -> message.blocks().contains("Your access to `dev` ends")));
    }

    @Test
    void revokesOnTimeWithoutTheScheduler() {
        type("U0ADA", "dev view 1h the basket is slow");
        await().until(() -> !entries().isEmpty());
        sandbox.aws().scheduler().deleteAll();
        sandbox.aws().clock().move(Duration.ofMinutes(62));
        sandbox.sweep();
        assertThat(entries()).isEmpty();
    }

    @Test
    void retriesWhileSlackIsUnavailable() {
        sandbox.aws().faults().injectNext("Slack.chat.postMessage", Fault.ERROR_BEFORE_EFFECT, 3);
        type("U0ADA", "prod view 1h the basket is slow");
        shown("Access requested");
    }

    private String type(String person, String text) {
        return sandbox.app()
                .sendSlashCommand(person, "/cluster-access", text)
                .path("text")
                .asText();
    }

    private List<AccessEntry> entries() {
        return sandbox.aws().eks().entries();
    }

    /** Waits for a message in the approvers' channel that contains this text, and returns the message. */
    private WorkspaceMessage shown(String text) {
        return await().until(
                        () -> sandbox.workspace().messages(sandbox.approvalsChannel()).stream()
                                .filter(message -> message.blocks().contains(text))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static String id(String text) {
        Matcher id = ID.matcher(text);
        assertThat(id.find()).as(text).isTrue();
        return id.group();
    }
}
