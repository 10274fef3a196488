package io.reverser.access.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyFile;
import io.reverser.access.request.Post;
import io.reverser.access.request.Request;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.Stored;
import io.reverser.access.request.TableDefinition;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsCredentials;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.Secrets;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.aws.SqsQueue;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.slack.CachedCredentials;
import io.reverser.slack.DirectCalls;
import io.reverser.slack.SlackSignature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The function's inside behind signed events, against AWS and Slack over HTTP. */
final class Desk implements AutoCloseable {

    static final String SECRET = "signing-secret-of-the-tests";
    static final Post MESSAGE = new Post("C0APPROVALS", "1700000000.000001");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger ACTS = new AtomicInteger();

    final AwsEndpoint aws = AwsEndpoint.start();
    final SlackWorkspace workspace = new SlackWorkspace(aws.clock());
    final SqsQueue alarmClicks = aws.sqs().create("alarm-work", Duration.ofSeconds(30));
    final RequestTable table;
    final SlackEndpoint slack;
    private final AwsApi api;
    private Path planFile = Path.of("/nowhere/rotation.json");
    private Parts parts;
    private CommandHandler handler;

    Desk() {
        slack = SlackEndpoint.start(workspace, aws.faults(), "xoxb-test");
        aws.secrets().put("slack", "{\"bot_token\":\"xoxb-test\",\"signing_secret\":\"" + SECRET + "\"}");
        api = new AwsApi(new AwsSettings(
                "eu-central-1",
                Optional.of(aws.uri()),
                Optional.of(new AwsCredentials.Key("command", "secret", Optional.empty())),
                Optional.empty()));
        aws.createTable(TableDefinition.of("access"));
        table = new RequestTable(api, "access", aws.clock());
        parts = parts(PolicyFile.read(Path.of("src/test/resources/access.yaml")));
        handler = new CommandHandler(parts);
    }

    @Override
    public void close() {
        slack.close();
        aws.close();
    }

    /** From now on another policy holds. */
    void deploy(Path policy) {
        parts = parts(PolicyFile.read(policy));
        handler = new CommandHandler(parts);
    }

    /** From now on these are the windows. */
    void deployWindows(Path plan) {
        planFile = plan;
        deploy(Path.of("src/test/resources/access.yaml"));
    }

    /** What the function does before the first request. */
    void rehearse() {
        parts.rehearsal().perform(now());
    }

    Instant now() {
        return aws.clock().instant();
    }

    /** What Slack shows to somebody who types this. */
    String type(String person, String text) {
        return text(handle(command(person, text, "trigger-" + ACTS.incrementAndGet())));
    }

    /** The same for any command. */
    HttpAnswer typeCommand(String person, String command, String text) {
        String body = command(person, text, "trigger-" + ACTS.incrementAndGet());
        return handle(body.replace(encoded("/cluster-access"), encoded(command)));
    }

    RequestId ask(String person, String text) {
        String answer = type(person, text);
        return RequestId.parse(answer.replaceAll("(?s).*`(r-\\w+)`.*", "$1"))
                .orElseThrow(() -> new AssertionError(answer));
    }

    /** Asks, and shows the request in the channel as *change* would. */
    RequestId shown(String person, String text) {
        RequestId id = ask(person, text);
        Stored stored = table.find(id).orElseThrow();
        table.show(stored, new Stored.Shown(stored.version(), MESSAGE, "asked"));
        return id;
    }

    /** What is whispered after a click; empty when the message itself says it all. */
    String click(String person, String button, String value) {
        return click(person, button, value, MESSAGE, "time-" + ACTS.incrementAndGet());
    }

    String click(String person, String button, String value, Post message, String time) {
        int before = workspace.whispers().size();
        handle(clicked(person, button, value, message, time));
        return workspace.whispers().stream().skip(before).collect(Collectors.joining());
    }

    JsonNode submit(String person, String callback, String metadata, Map<String, String> values) {
        return json(handle(submission(person, callback, metadata, values, "hash-" + ACTS.incrementAndGet())));
    }

    Request request(RequestId id) {
        return table.find(id).orElseThrow().request();
    }

    HttpAnswer handle(String body) {
        return handle(event(body, Long.toString(now().getEpochSecond()), SECRET));
    }

    HttpAnswer handle(JsonNode event) {
        return handler.answer(event);
    }

    static ObjectNode event(String body, String timestamp, String secret) {
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

    static String command(String person, String text, String trigger) {
        return form(Map.of(
                "user_id", person,
                "team_id", "T0TEAM",
                "api_app_id", "A0APP",
                "command", "/cluster-access",
                "text", text,
                "channel_id", "C0GENERAL",
                "trigger_id", trigger));
    }

    String clicked(String person, String button, String value, Post message, String time) {
        ObjectNode payload = payload("block_actions", person).put("response_url", slack.responses() + "1");
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

    static String submission(String person, String callback, String metadata, Map<String, String> values, String hash) {
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
                .put("trigger_id", "trigger-" + ACTS.incrementAndGet());
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

    private static String text(HttpAnswer answer) {
        return answer.body().isEmpty() ? "" : json(answer).path("text").asText();
    }

    static JsonNode json(HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException garbled) {
            throw new AssertionError(answer.body(), garbled);
        }
    }

    private Parts parts(Policy policy) {
        var credentials = new CachedCredentials(() -> new Secrets(api).text("slack"), aws.clock());
        var calls = new DirectCalls(slack.uri());
        var modals = new Modals(calls, credentials, slack.responses().toString());
        var people = Parts.people(policy, table);
        var conversation = new Conversation(policy, people, modals);
        return new Parts(
                new Gate(credentials, policy.slack()),
                conversation,
                new Clicks(policy, people, modals),
                new AlarmClicks(api, Optional.of(alarmClicks.url()), modals),
                new WindowCommand(planFile),
                aws.clock(),
                new Rehearsal(conversation, policy.slack(), table, calls));
    }
}
