package io.reverser.slack.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.fault.FaultInjector;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Membership;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceUser;
import io.reverser.slack.client.SlackException.Kind;
import io.reverser.slack.message.Blocks;
import io.reverser.slack.message.SlackMessage;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests {@link SlackClient} against the Slack simulator over HTTP. */
class SlackClientTest {

    private static final SlackMessage HELLO = new SlackMessage("hello", List.of(Blocks.section("*hello*")));

    private final AtomicReference<String> secret = new AtomicReference<>(secret("xoxb-right"));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final SlackWorkspace workspace = new SlackWorkspace(InstantSource.system());
    private final FaultInjector faults = new FaultInjector();
    private final SlackEndpoint endpoint = SlackEndpoint.start(workspace, faults, "xoxb-right");
    private final SlackClient slack = new SlackClient(endpoint.uri(), new SlackCredentialsCache(secret::get, now::get));

    @BeforeEach
    void open() {
        workspace.createChannel("C0GENERAL");
    }

    @AfterEach
    void close() {
        slack.close();
        endpoint.close();
    }

    @Test
    void postsRepliesAndUpdates() {
        PostedMessage message = slack.post("C0GENERAL", HELLO);
        slack.reply(message, HELLO);
        slack.update(message, new SlackMessage("bye", List.of(Blocks.section("bye"))));
        assertThat(workspace.messages("C0GENERAL"))
                .extracting(WorkspaceMessage::text)
                .containsExactly("bye", "hello");
        assertThat(workspace.messages("C0GENERAL").getLast().threadTs()).contains(message.ts());
    }

    @ParameterizedTest
    @CsvSource({"MEMBER, true", "GUEST, false", "STRANGER, false", "BOT, false", "DELETED, false"})
    void recognizesFullMembers(Membership membership, boolean member) {
        workspace.addUser(new WorkspaceUser("U0ADA", "Ada", "T0TEAM", membership));
        assertThat(slack.findUser("U0ADA").isMember()).isEqualTo(member);
        assertThat(slack.findUser("U0ADA").teamId()).isEqualTo("T0TEAM");
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLE",
        "ERROR_BEFORE_EFFECT",
        "ERROR_AFTER_EFFECT",
        "DISCONNECT_BEFORE_EFFECT",
        "DISCONNECT_AFTER_EFFECT"
    })
    void retriesWhenSlackIsOverloadedOrUnavailable(Fault fault) {
        faults.injectNext("Slack.chat.postMessage", fault, 10);
        assertThatThrownBy(() -> slack.post("C0GENERAL", HELLO))
                .isInstanceOfSatisfying(SlackException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.RETRYABLE);
                    assertThat(failure.retryAfterSeconds()).isEqualTo(1);
                });
    }

    @Test
    void distinguishesMisconfigurationFromPermanentErrors() {
        assertThatThrownBy(() -> slack.post("C0NOWHERE", HELLO))
                .isInstanceOfSatisfying(
                        SlackException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.MISCONFIGURED));
        assertThatThrownBy(() -> slack.update(new PostedMessage("C0GENERAL", "1.1"), HELLO))
                .isInstanceOfSatisfying(SlackException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
                    assertThat(failure.error()).isEqualTo("message_not_found");
                });
    }

    /** Prevents a bug of another tool (sso-elevator#194): a revoked token was reported as the user's mistake. */
    @Test
    void rereadsTheTokenWhenSlackRejectsIt() {
        secret.set(secret("xoxb-old"));
        assertThatThrownBy(() -> slack.post("C0GENERAL", HELLO))
                .isInstanceOfSatisfying(
                        SlackException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.MISCONFIGURED))
                .hasMessageNotContaining("xoxb");
        secret.set(secret("xoxb-right"));
        now.updateAndGet(then -> then.plus(Duration.ofSeconds(31)));
        assertThat(slack.post("C0GENERAL", HELLO).channel()).isEqualTo("C0GENERAL");
    }

    @ParameterizedTest
    @CsvSource({"'{}', bot_token", "'{\"bot_token\":\"xoxb-secret\"}', signing_secret", "'xoxb-secret', bot_token"})
    void namesTheMissingKeyWithoutShowingTheSecret(String broken, String lacks) {
        assertThatThrownBy(() -> SlackCredentials.parse(broken))
                .hasMessageContaining("has no " + lacks)
                .hasMessageNotContaining("xoxb-secret");
        assertThat(SlackCredentials.parse(secret("xoxb-secret")).toString()).doesNotContain("xoxb-secret", "signing");
    }

    private static String secret(String token) {
        return "{\"bot_token\":\"" + token + "\",\"signing_secret\":\"signing\"}";
    }
}
