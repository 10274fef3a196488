package io.reverser.access.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.access.command.slack.AlarmActionForwarder;
import io.reverser.access.command.slack.ApiGatewayResponse;
import io.reverser.access.command.slack.MaintenanceWindowCommand;
import io.reverser.access.command.slack.SlackResponder;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyReader;
import io.reverser.access.request.MessageRef;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.VersionedRequest;
import io.reverser.awsjsonclient.AwsCredentialsCache;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.SecretReader;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.sqs.SqsQueue;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.slack.client.MinimalSlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import io.reverser.slack.request.SlackSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Sends signed events to the command function, which calls simulators of AWS and Slack over HTTP. */
public final class CommandFixture implements AutoCloseable {

    public static final String SECRET = "signing-secret-of-the-tests";
    static final MessageRef MESSAGE = new MessageRef("C0APPROVALS", "1700000000.000001");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger SEQUENCE = new AtomicInteger();

    public final AwsEndpoint aws = AwsEndpoint.start();
    final SlackWorkspace workspace = new SlackWorkspace(aws.clock());
    public final SqsQueue alarmQueue = aws.sqs().createQueue("alarms-work", Duration.ofSeconds(30));
    final RequestTable table;
    final SlackEndpoint slack;
    private final AwsJsonClient api;
    private Path planFile = Path.of("/nowhere/rotation.json");
    private CommandComponents components;
    private CommandHandler handler;

    public CommandFixture() {
        slack = SlackEndpoint.start(workspace, aws.faults(), "xoxb-test");
        aws.secretsManager().putSecret("slack", "{\"bot_token\":\"xoxb-test\",\"signing_secret\":\"" + SECRET + "\"}");
        api = new AwsJsonClient(new AwsEnvironment(
                "eu-central-1",
                Optional.of(aws.uri()),
                Optional.of(new AwsCredentialsCache.AccessKey("access-command", "secret", Optional.empty())),
                Optional.empty()));
        aws.createTable(TableDefinitions.requestTable("access"));
        table = new RequestTable(api, "access", aws.clock());
        components = components(policy());
        handler = new CommandHandler(components);
    }

    @Override
    public void close() {
        slack.close();
        aws.close();
    }

    private static Policy policy() {
        return policy(Path.of("src/test/resources/access.yaml"));
    }

    private static Policy policy(Path yaml) {
        try {
            return PolicyReader.read(new YAMLMapper().readTree(yaml.toFile()).path("access"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Restarts the function's components with another policy. */
    void deploy(Path policy) {
        components = components(policy(policy));
        handler = new CommandHandler(components);
    }

    /** Replaces the file with the maintenance windows. */
    public void deployWindows(Path plan) {
        planFile = plan;
        deploy(Path.of("src/test/resources/access.yaml"));
    }

    /** Primes the function, as the constructor of {@code CommandFunction} does in Lambda. */
    void prime() {
        StartupPriming priming = StartupPriming.begin(slack.uri(), now());
        priming.startCalls(table, slackClient(), now());
        priming.finish(components.clusterAccess(), policy().slack(), api, now());
    }

    public Instant now() {
        return aws.clock().instant();
    }

    /** Types {@code /cluster-access} with this text, and returns the reply. */
    String type(String person, String text) {
        return text(handle(commandBody(person, text, "trigger-" + SEQUENCE.incrementAndGet())));
    }

    /** Types a slash command, and returns the reply. */
    public ApiGatewayResponse typeCommand(String person, String command, String text) {
        String body = commandBody(person, text, "trigger-" + SEQUENCE.incrementAndGet());
        return handle(body.replace(encoded("/cluster-access"), encoded(command)));
    }

    RequestId submitRequest(String person, String text) {
        String answer = type(person, text);
        return RequestId.parse(answer.replaceAll("(?s).*`(r-\\w+)`.*", "$1"))
                .orElseThrow(() -> new AssertionError(answer));
    }

    /** Submits a request, and records the reference to its message in the channel, as the granter function does. */
    RequestId submitAndPublish(String person, String text) {
        RequestId id = submitRequest(person, text);
        VersionedRequest stored = table.find(id).orElseThrow();
        table.saveSlackState(stored, new VersionedRequest.SlackState(stored.version(), MESSAGE, "requested"));
        return id;
    }

    /**
     * Clicks a button, and returns the ephemeral reply; empty when there is no reply, because the updated message shows
     * the result.
     */
    public String click(String person, String button, String value) {
        return click(person, button, value, MESSAGE, "time-" + SEQUENCE.incrementAndGet());
    }

    String click(String person, String button, String value, MessageRef message, String time) {
        int before = workspace.ephemeralReplies().size();
        handle(clickBody(person, button, value, message, time));
        return workspace.ephemeralReplies().stream().skip(before).collect(Collectors.joining());
    }

    JsonNode submitModal(String person, String callback, String metadata, Map<String, String> values) {
        return json(handle(submissionBody(person, callback, metadata, values, "hash-" + SEQUENCE.incrementAndGet())));
    }

    Request request(RequestId id) {
        return table.find(id).orElseThrow().request();
    }

    public ApiGatewayResponse handle(String body) {
        return handle(event(body, Long.toString(now().getEpochSecond()), SECRET));
    }

    public ApiGatewayResponse handle(JsonNode event) {
        return handler.handle(event);
    }

    public static ObjectNode event(String body, String timestamp, String secret) {
        ObjectNode event =
                JSON.createObjectNode().put("version", "2.0").put("body", body).put("isBase64Encoded", false);
        event.putObject("requestContext").putObject("http").put("method", "POST");
        event.putObject("headers")
                .put("x-slack-request-timestamp", timestamp)
                .put(
                        "x-slack-signature",
                        SlackSignature.sign(secret, timestamp, body.getBytes(StandardCharsets.UTF_8)));
        return event;
    }

    public static String commandBody(String person, String text, String trigger) {
        return form(Map.of(
                "user_id", person,
                "team_id", "T0TEAM",
                "api_app_id", "A0APP",
                "command", "/cluster-access",
                "text", text,
                "channel_id", "C0GENERAL",
                "trigger_id", trigger));
    }

    String clickBody(String person, String button, String value, MessageRef message, String time) {
        ObjectNode payload = payload("block_actions", person).put("response_url", slack.responseUrlBase() + "1");
        payload.putObject("container")
                .put("type", "message")
                .put("channel_id", message.channel())
                .put("message_ts", message.ts());
        payload.putArray("actions")
                .addObject()
                .put("action_id", button)
                .put("value", value)
                .put("action_ts", time);
        return form(Map.of("payload", payload.toString()));
    }

    static String submissionBody(
            String person, String callback, String metadata, Map<String, String> values, String hash) {
        ObjectNode payload = payload("view_submission", person);
        ObjectNode view = payload.putObject("view")
                .put("callback_id", callback)
                .put("id", "V0VIEW")
                .put("hash", hash)
                .put("private_metadata", metadata);
        ObjectNode state = view.putObject("state").putObject("values");
        values.forEach((block, value) -> state.putObject(block).putObject(block).put("value", value));
        return form(Map.of("payload", payload.toString()));
    }

    private static ObjectNode payload(String type, String person) {
        ObjectNode payload = JSON.createObjectNode()
                .put("type", type)
                .put("api_app_id", "A0APP")
                .put("trigger_id", "trigger-" + SEQUENCE.incrementAndGet());
        payload.putObject("team").put("id", "T0TEAM");
        payload.putObject("user").put("id", person);
        return payload;
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String text(ApiGatewayResponse response) {
        return response.body().isEmpty() ? "" : json(response).path("text").asText();
    }

    public static JsonNode json(ApiGatewayResponse response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException garbled) {
            throw new AssertionError(response.body(), garbled);
        }
    }

    private MinimalSlackClient slackClient() {
        return new MinimalSlackClient(slack.uri());
    }

    private CommandComponents components(Policy policy) {
        var credentials = new SlackCredentialsCache(() -> new SecretReader(api).readText("slack"), aws.clock());
        var responder = new SlackResponder(
                slackClient(), credentials, slack.responseUrlBase().toString());
        return CommandComponents.compose(
                policy,
                table,
                credentials,
                responder,
                new AlarmActionForwarder(api, Optional.of(alarmQueue.url()), responder),
                new MaintenanceWindowCommand(planFile),
                aws.clock());
    }
}
