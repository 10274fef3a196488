package io.reverser.access.command;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.command.slack.ClusterAccessCommand;
import io.reverser.access.command.slack.Modals;
import io.reverser.access.command.slack.SlackAuthenticator;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.policy.SlackWorkspaceIds;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestDetails;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.VersionedRequest;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.slack.client.MinimalSlackClient;
import io.reverser.slack.client.SlackCredentials;
import io.reverser.slack.client.SlackCredentialsCache;
import io.reverser.slack.request.SlackRequest;
import io.reverser.slack.request.SlackSignature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Primes the function: before the first request arrives, loads the classes and opens the connections that such a
 * request needs, because Slack waits only three seconds for a response. Priming writes nothing to AWS or Slack. Lambda
 * may take a snapshot of the process after priming, so priming reads no secret and forgets the AWS credentials that it
 * used; connections may stay open, because the JDK does not reuse a connection that was idle for five seconds.
 */
final class StartupPriming {

    private static final String PLACEHOLDER = "priming";
    private static final int CONNECT_TIMEOUT_MS = 1500;

    private final List<Thread> threads = new ArrayList<>();

    private StartupPriming() {}

    /**
     * Starts the slowest priming steps that do not need the components: serializing a request, and connecting to Slack.
     */
    static StartupPriming begin(URI slackApi, Instant now) {
        var priming = new StartupPriming();
        priming.start(() -> RequestTable.primeSerialization(refusedWrite(now)));
        priming.start(() -> connect(slackApi));
        return priming;
    }

    /**
     * Starts the priming calls to DynamoDB and Slack, each in its own thread, while the caller creates the other
     * components.
     */
    void startCalls(RequestTable table, MinimalSlackClient slack, Instant now) {
        var credentials = new SlackCredentials(PLACEHOLDER, PLACEHOLDER);
        start(() -> table.write(refusedWrite(now)));
        start(() -> slack.openView(PLACEHOLDER, Modals.extend(PLACEHOLDER), credentials));
    }

    /** Handles two sample commands, waits for all priming steps, and forgets the AWS credentials that they used. */
    void finish(ClusterAccessCommand clusterAccess, SlackWorkspaceIds workspace, AwsJsonClient aws, Instant now) {
        attempt(() -> handleCommands(clusterAccess, workspace, now));
        threads.forEach(StartupPriming::join);
        aws.forgetCredentials();
    }

    private static void handleCommands(ClusterAccessCommand clusterAccess, SlackWorkspaceIds workspace, Instant now) {
        String secret = "{\"bot_token\":\"%s\",\"signing_secret\":\"%s\"}".formatted(PLACEHOLDER, UUID.randomUUID());
        var credentials = new SlackCredentialsCache(() -> secret, () -> now);
        SlackCredentials placeholder = credentials.current();
        var authenticator = new SlackAuthenticator(credentials, workspace);
        for (String text : List.of("help", "list")) {
            JsonNode event = signedCommand(text, workspace, placeholder.signingSecret(), now);
            if (authenticator.authenticate(event, now)
                    instanceof SlackAuthenticator.Authentication.Authenticated(SlackRequest.SlashCommand command)) {
                clusterAccess.handle(command, now);
            }
        }
    }

    /** Creates a slash command as Slack sends it, signed with a random secret that never leaves this process. */
    private static JsonNode signedCommand(String text, SlackWorkspaceIds workspace, String signingSecret, Instant now) {
        String body = "team_id=%s&api_app_id=%s&user_id=%s&command=%s&text=%s&channel_id=%3$s&trigger_id=%3$s"
                .formatted(
                        workspace.teamId(),
                        workspace.appId(),
                        PLACEHOLDER,
                        "%2Fcluster-access",
                        text.replace(' ', '+'));
        String time = Long.toString(now.getEpochSecond());
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("body", body);
        event.putObject("requestContext").putObject("http").put("method", "POST");
        event.putObject("headers")
                .put(SlackSignature.TIMESTAMP_HEADER, time)
                .put(
                        SlackSignature.SIGNATURE_HEADER,
                        SlackSignature.sign(signingSecret, time, body.getBytes(StandardCharsets.UTF_8)));
        return event;
    }

    /** Creates an update of a request that does not exist, so that DynamoDB rejects the whole transaction. */
    private static RequestWrite refusedWrite(Instant now) {
        var access = new RequestedAccess(
                PLACEHOLDER,
                PLACEHOLDER,
                PLACEHOLDER,
                new TreeSet<>(),
                Optional.empty(),
                PLACEHOLDER,
                Optional.empty());
        var pending = new Pending(
                new RequestDetails(RequestId.fromIdempotencyKey(PLACEHOLDER), access, now),
                List.of(),
                now.plus(Duration.ofHours(1)),
                false);
        return RequestWrite.update(new VersionedRequest(pending, 0, Optional.empty()), pending)
                .withAudit(AuditRecord.of(
                        pending.id(), PLACEHOLDER, AuditRecord.Action.REQUEST, AuditRecord.AuditOutcome.DENIED, now))
                .idempotentBy(PLACEHOLDER);
    }

    /** Opens a connection to Slack by calling the method {@code api.test}, which needs no token. */
    private static void connect(URI slackApi) {
        try {
            var connection =
                    (HttpURLConnection) slackApi.resolve("api.test").toURL().openConnection();
            connection.setConnectTimeout(CONNECT_TIMEOUT_MS);
            connection.setReadTimeout(CONNECT_TIMEOUT_MS);
            try (InputStream response = connection.getInputStream()) {
                response.readAllBytes();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void start(Runnable step) {
        threads.add(Thread.ofPlatform().start(() -> attempt(step)));
    }

    /** Runs a priming step. If the step fails, the first request is slower; there is no other effect. */
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            LambdaRuntime.getLogger().log("Priming failed: " + failure.getMessage(), LogLevel.WARN);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
