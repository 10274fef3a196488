package io.reverser.runner.functions;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.clock.MovableClock;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.sqs.SqsQueue;
import io.reverser.simulators.slack.SlackApp;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Membership;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The dependencies of the functions: a simulated AWS with two clusters, a simulated Slack with three people, and an
 * access policy.
 */
public final class SimulatedBackends implements AutoCloseable {

    /** The signing secret of the simulated Slack; it protects nothing. */
    public static final String SIGNING_SECRET = "sandbox-only";

    public static final String APPROVALS_CHANNEL = "C0ACCESS";

    static final String GRANTER_ARN = "arn:aws:lambda:eu-central-1:111122223333:function:access-granter";
    static final String SCHEDULE_ROLE_ARN = "arn:aws:iam::111122223333:role/schedules";

    /**
     * The file with the access policy. The sandbox's policy is written in YAML, but the functions get it as JSON,
     * because they parse JSON faster. In a deployment, they get JSON, too.
     */
    private static final String POLICY_FILE = "access.json";

    private static final String TEAM_ID = "T0SANDBOX";
    private static final String BOT_TOKEN = "xoxb-sandbox";
    private static final String MAC_KEY = "c2FuZGJveC1vbmx5LXNhbmRib3gtb25seS1zYW5kYm94";

    private final Path home;
    private final AwsEndpoint aws;
    private final SlackWorkspace workspace;
    private final SlackEndpoint slack;
    private final SqsQueue alarmWorkQueue;

    private SimulatedBackends(Path home) {
        this.home = home;
        aws = AwsEndpoint.start(new MovableClock(home.resolve("clock")));
        workspace = createWorkspace(aws);
        slack = SlackEndpoint.start(workspace, aws.faults(), BOT_TOKEN);
        alarmWorkQueue = aws.sqs().createQueue("alarms-work", Duration.ofSeconds(30));
        aws.eks().createCluster("prod", "API");
        aws.eks().createCluster("dev", "API");
        aws.secretsManager()
                .putSecret(
                        "slack",
                        "{\"bot_token\":\"%s\",\"signing_secret\":\"%s\"}".formatted(BOT_TOKEN, SIGNING_SECRET));
        aws.secretsManager().putSecret("mac", "{\"mac_key\":\"%s\"}".formatted(MAC_KEY));
    }

    /**
     * Starts the simulated AWS and Slack.
     *
     * @param home the absolute path of the folder for the access policy and the clock's file
     */
    public static SimulatedBackends start(Path home) {
        try {
            Files.createDirectories(home);
            // A new sandbox starts at the real time, even if the previous one had moved its clock.
            Files.deleteIfExists(home.resolve("clock"));
            try (InputStream policy = SimulatedBackends.class.getResourceAsStream("access.yaml")) {
                Files.writeString(
                        home.resolve(POLICY_FILE),
                        new YAMLMapper().readTree(policy).toString());
            }
            return new SimulatedBackends(home);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The simulated AWS. */
    public AwsEndpoint aws() {
        return aws;
    }

    /** Slack's Web API. */
    public SlackEndpoint slack() {
        return slack;
    }

    /** The queue of the notifier function's work items: clicks on alarm messages, graphs and refreshes. */
    SqsQueue alarmWorkQueue() {
        return alarmWorkQueue;
    }

    /** The number of items in the queue of the notifier function's work items. */
    public int pendingWork() {
        return alarmWorkQueue.size();
    }

    /** The file with the rotation plan as JSON, which the rotation sandbox writes. */
    public Path rotationPlanFile() {
        return home.resolve("rotation.json");
    }

    /** The environment variables that all functions share. */
    public Map<String, String> awsEnvironment() {
        return Map.of(
                "AWS_REGION",
                "eu-central-1",
                "AWS_ACCESS_KEY_ID",
                "sandbox",
                "AWS_SECRET_ACCESS_KEY",
                "sandbox",
                "AWS_ENDPOINT_URL",
                aws.uri().toString(),
                MovableClock.ENVIRONMENT_VARIABLE,
                home.resolve("clock").toString());
    }

    /** The Slack workspace, which shows what people see. */
    public SlackWorkspace workspace() {
        return workspace;
    }

    /** Creates the Slack app that sends requests to this URL. */
    public SlackApp newSlackApp(URI requestUrl) {
        return new SlackApp(
                new SlackApp.Settings(TEAM_ID, "A0ACCESS", requestUrl, SIGNING_SECRET, slack.responseUrlBase()),
                aws.clock());
    }

    /** Creates a table for the requests for cluster access. */
    public void createRequestTable(String table) {
        aws.createTable(TableDefinitions.requestTable(table));
    }

    /** The environment variables of functions that use a table of requests for cluster access. */
    public Map<String, String> accessEnvironment(String table) {
        var environment = new HashMap<>(awsEnvironment());
        environment.put("ACCESS_ALARM_QUEUE_URL", alarmWorkQueue.url());
        environment.put("ACCESS_POLICY_FILE", home.resolve(POLICY_FILE).toString());
        environment.put("ROTATION_PLAN_FILE", rotationPlanFile().toString());
        environment.put("ACCESS_TABLE", table);
        environment.put("ACCESS_SLACK_SECRET", "slack");
        environment.put("ACCESS_SLACK_API", slack.uri().toString());
        environment.put(
                "ACCESS_SLACK_RESPONSE_URL_PREFIX", slack.responseUrlBase().toString());
        environment.put("ACCESS_MAC_SECRET", "mac");
        environment.put("ACCESS_SCHEDULE_GROUP", "cluster-access");
        environment.put("ACCESS_SCHEDULE_ROLE_ARN", SCHEDULE_ROLE_ARN);
        environment.put("ACCESS_SCHEDULE_FUNCTION_ARN", GRANTER_ARN);
        environment.put(
                "ACCESS_SCHEDULE_DEAD_LETTER_QUEUE_ARN", "arn:aws:sqs:eu-central-1:111122223333:cluster-access-dlq");
        return environment;
    }

    @Override
    public void close() {
        slack.close();
        aws.close();
    }

    private static SlackWorkspace createWorkspace(AwsEndpoint aws) {
        var workspace = new SlackWorkspace(aws.clock());
        workspace.createChannel(APPROVALS_CHANNEL);
        for (String name : List.of("Ada", "Bob", "Eve")) {
            workspace.addUser(
                    new WorkspaceUser("U0" + name.toUpperCase(Locale.ROOT), name, TEAM_ID, Membership.MEMBER));
        }
        return workspace;
    }
}
