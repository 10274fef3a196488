package io.reverser.simulators.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import io.reverser.clock.MovableClock;
import io.reverser.simulators.fault.FaultInjector;
import io.reverser.simulators.slack.SlackWorkspace.Membership;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Verifies that the simulator behaves as Slack's documentation says. The tests call it through Slack's own client
 * library.
 */
class SlackEndpointTest {

    @TempDir
    Path folder;

    private MovableClock clock;
    private SlackWorkspace workspace;
    private SlackEndpoint endpoint;
    private MethodsClient methods;

    @BeforeEach
    void start() {
        clock = new MovableClock(folder.resolve("clock"));
        workspace = new SlackWorkspace(clock);
        workspace.createChannel("C1");
        workspace.addUser(new WorkspaceUser("U1", "Ada", "T1", Membership.MEMBER));
        endpoint = SlackEndpoint.start(workspace, new FaultInjector(), "xoxb-right");
        methods = client("xoxb-right");
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void postsUpdatesAndReplies() throws Exception {
        var posted = methods.chatPostMessage(message -> message.channel("C1").text("one"));
        methods.chatPostMessage(
                message -> message.channel("C1").threadTs(posted.getTs()).text("two"));
        methods.chatUpdate(message -> message.channel("C1").ts(posted.getTs()).text("three"));
        assertThat(workspace.messages("C1"))
                .extracting(message ->
                        message.text() + message.edited() + message.threadTs().isPresent())
                .containsExactly("threetruefalse", "twofalsetrue");
        assertThat(methods.chatUpdate(message -> message.channel("C1").ts("1.0").text("x"))
                        .getError())
                .isEqualTo("message_not_found");
    }

    @Test
    void returnsBlocksInTheHistory() throws Exception {
        methods.chatPostMessage(message -> message.channel("C1")
                .text("one")
                .blocksAsString("[{\"type\": \"section\", \"text\": {\"type\": \"mrkdwn\", \"text\": \"two\"}}]"));
        assertThat(methods.conversationsHistory(history -> history.channel("C1"))
                        .getMessages())
                .singleElement()
                .satisfies(message -> assertThat(message.getBlocks())
                        .singleElement()
                        .asString()
                        .contains("two"));
    }

    @Test
    void sendsDirectMessages() throws Exception {
        assertThat(methods.chatPostMessage(message -> message.channel("U1").text("hello"))
                        .isOk())
                .isTrue();
        assertThat(workspace.messages("U1")).hasSize(1);
    }

    @Test
    void rejectsInvalidTokensAndUnknownChannels() throws Exception {
        assertThat(client("xoxb-wrong").usersInfo(request -> request.user("U1")).getError())
                .isEqualTo("invalid_auth");
        assertThat(methods.chatPostMessage(message -> message.channel("C9").text("x"))
                        .getError())
                .isEqualTo("channel_not_found");
        assertThat(methods.usersInfo(request -> request.user("U9")).getError()).isEqualTo("user_not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3000 | ",
                "3001 | invalid_blocks",
            })
    void limitsSectionsToThreeThousandCharacters(int length, String error) throws Exception {
        String blocks =
                "[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"%s\"}}]".formatted("x".repeat(length));
        assertThat(methods.chatPostMessage(
                                message -> message.channel("C1").text("x").blocksAsString(blocks))
                        .getError())
                .isEqualTo(error);
    }

    @Test
    void limitsTheLengthOfAllBlocks() throws Exception {
        String section =
                "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"%s\"}}".formatted("x".repeat(3000));
        assertThat(postedWith(section, 4)).isNull();
        assertThat(postedWith(section, 5)).isEqualTo("msg_blocks_too_long");
    }

    private String postedWith(String block, int times) throws Exception {
        String blocks = Collections.nCopies(times, block).toString();
        return methods.chatPostMessage(
                        message -> message.channel("C1").text("x").blocksAsString(blocks))
                .getError();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cluster access            | [{\"text\":{\"text\":\"a\"}}] | ",
                "A title that is much too long | [{\"text\":{\"text\":\"a\"}}] | invalid_arguments",
                "Cluster access            | []                          | invalid_arguments",
            })
    void validatesTitleAndOptionsOfModals(String title, String options, String error) throws Exception {
        String view = """
                {"type":"modal","title":{"type":"plain_text","text":"%s"},"blocks":[{"type":"input","block_id":"b",
                "label":{"type":"plain_text","text":"l"},"element":{"type":"static_select","options":%s}}]}""".formatted(title, options);
        assertThat(methods.viewsOpen(request -> request.triggerId("t-1").viewAsString(view))
                        .getError())
                .isEqualTo(error);
    }

    @Test
    void rejectsAModalThatIsNotJson() throws Exception {
        assertThat(methods.viewsOpen(request -> request.triggerId("t-1").viewAsString("{"))
                        .getError())
                .isEqualTo("invalid_arguments");
    }

    @Test
    void opensOneModalPerTrigger() throws Exception {
        String view = "{\"type\":\"modal\",\"title\":{\"text\":\"t\"},\"blocks\":[{\"type\":\"divider\"}]}";
        assertThat(methods.viewsOpen(request -> request.triggerId("t-1").viewAsString(view))
                        .isOk())
                .isTrue();
        assertThat(methods.viewsOpen(request -> request.triggerId("t-1").viewAsString(view))
                        .getError())
                .isEqualTo("exchanged_trigger_id");
        assertThat(methods.viewsOpen(request -> request.triggerId("expired-1").viewAsString(view))
                        .getError())
                .isEqualTo("expired_trigger_id");
    }

    @Test
    void acceptsFiveResponsesWithinThirtyMinutes() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(respond("one")).isEqualTo(200);
        }
        assertThat(respond("one")).isEqualTo(404);
        assertThat(respond("two")).isEqualTo(200);
        clock.move(Duration.ofMinutes(31));
        assertThat(respond("two")).isEqualTo(404);
        assertThat(workspace.ephemeralReplies()).hasSize(6);
    }

    private int respond(String id) throws IOException, InterruptedException {
        URI url = URI.create(endpoint.responseUrlBase() + id);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(url)
                                    .POST(BodyPublishers.ofString("{\"text\":\"hello\"}"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private MethodsClient client(String token) {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(endpoint.uri().toString());
        config.setStatsEnabled(false);
        return Slack.getInstance(config).methods(token);
    }
}
