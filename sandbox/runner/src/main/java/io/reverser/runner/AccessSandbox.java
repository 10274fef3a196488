package io.reverser.runner;

import io.reverser.access.request.TableDefinition;
import io.reverser.clock.MovableClock;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.lambda.AsyncInvoker;
import io.reverser.simulators.lambda.FunctionPackage;
import io.reverser.simulators.lambda.HttpApi;
import io.reverser.simulators.lambda.LambdaFunction;
import io.reverser.simulators.lambda.StreamTrigger;
import io.reverser.simulators.slack.SlackApp;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Person;
import io.reverser.simulators.slack.SlackWorkspace.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Cluster access on this machine: both functions from their packages, with an AWS and a Slack to talk with. */
public final class AccessSandbox implements AutoCloseable {

    private static final String TEAM = "T0SANDBOX";
    private static final String APPROVALS = "C0ACCESS";
    private static final String TABLE = "cluster-access";
    private static final String BOT_TOKEN = "xoxb-sandbox";
    private static final String SIGNING_SECRET = "sandbox-only";
    private static final String MAC_KEY = "c2FuZGJveC1vbmx5LXNhbmRib3gtb25seS1zYW5kYm94";
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final AwsEndpoint aws;
    private final SlackWorkspace workspace;
    private final SlackEndpoint slack;
    private final LambdaFunction command;
    private final LambdaFunction change;
    private final StreamTrigger stream;
    private final AsyncInvoker schedules;
    private final HttpApi api;
    private final SlackApp app;

    private AccessSandbox(Path repository, Path home) {
        aws = AwsEndpoint.start(new MovableClock(home.resolve("clock")));
        workspace = workspace(aws);
        slack = SlackEndpoint.start(workspace, aws.faults(), BOT_TOKEN);
        aws.eks().cluster("prod", "API");
        aws.eks().cluster("dev", "API");
        aws.secrets()
                .put("slack", "{\"bot_token\":\"%s\",\"signing_secret\":\"%s\"}".formatted(BOT_TOKEN, SIGNING_SECRET));
        aws.secrets().put("mac", "{\"mac_key\":\"%s\"}".formatted(MAC_KEY));
        aws.createTable(TableDefinition.of(TABLE));
        Path functions = repository.resolve("lambdas/access");
        Map<String, String> environment = environment(home);
        command = LambdaFunction.of(
                FunctionPackage.unzip(
                        "access-command",
                        functions.resolve("command/target/function.zip"),
                        home,
                        "io.reverser.access.command.CommandFunction::handleRequest"),
                environment);
        change = LambdaFunction.of(
                FunctionPackage.unzip(
                        "access-change",
                        functions.resolve("change/target/function.zip"),
                        home,
                        FunctionPackage.QUARKUS),
                environment);
        stream = StreamTrigger.start(aws, change);
        schedules = new AsyncInvoker(change, RETRY);
        aws.scheduler().onDue((target, input) -> schedules.invoke(input));
        api = HttpApi.start(command);
        app = new SlackApp(
                new SlackApp.Settings(TEAM, "A0ACCESS", api.uri(), SIGNING_SECRET, slack.responses()), aws.clock());
    }

    /**
     * Starts it; the functions' processes start when they are first called.
     *
     * @param home everything it writes is in there
     */
    public static AccessSandbox start(Path repository, Path home) {
        try {
            Files.createDirectories(home);
            try (InputStream policy = AccessSandbox.class.getResourceAsStream("access.yaml")) {
                Files.copy(
                        Objects.requireNonNull(policy),
                        home.resolve("access.yaml"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return new AccessSandbox(repository, home.toAbsolutePath());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** AWS. */
    public AwsEndpoint aws() {
        return aws;
    }

    /** What people see in Slack. */
    public SlackWorkspace workspace() {
        return workspace;
    }

    /** What people do in Slack. */
    public SlackApp app() {
        return app;
    }

    /** The function that changes clusters. */
    public LambdaFunction change() {
        return change;
    }

    /** Where approvers read. */
    public String approvals() {
        return APPROVALS;
    }

    /** Looks after everything, as the schedule of every five minutes does. */
    public void sweep() {
        change.invoke("{\"kind\":\"sweep\"}");
    }

    @Override
    public void close() {
        app.close();
        api.close();
        stream.close();
        schedules.close();
        command.close();
        change.close();
        slack.close();
        aws.close();
    }

    private static SlackWorkspace workspace(AwsEndpoint aws) {
        var workspace = new SlackWorkspace(aws.clock());
        workspace.open(APPROVALS);
        for (String name : List.of("Ada", "Bob", "Eve")) {
            workspace.join(new Person("U0" + name.toUpperCase(Locale.ROOT), name, TEAM, Standing.MEMBER));
        }
        return workspace;
    }

    private Map<String, String> environment(Path home) {
        var environment = new HashMap<String, String>();
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("AWS_ACCESS_KEY_ID", "sandbox");
        environment.put("AWS_SECRET_ACCESS_KEY", "sandbox");
        environment.put("AWS_ENDPOINT_URL", aws.uri().toString());
        environment.put(MovableClock.VARIABLE, home.resolve("clock").toString());
        environment.put("ACCESS_POLICY_FILE", home.resolve("access.yaml").toString());
        environment.put("ACCESS_TABLE", TABLE);
        environment.put("ACCESS_SLACK_SECRET", "slack");
        environment.put("ACCESS_SLACK_API", slack.uri().toString());
        environment.put("ACCESS_SLACK_RESPONSES", slack.responses().toString());
        environment.put("ACCESS_MAC_SECRET", "mac");
        environment.put("ACCESS_SCHEDULE_GROUP", "cluster-access");
        environment.put("ACCESS_SCHEDULE_ROLE_ARN", "arn:aws:iam::111122223333:role/schedules");
        environment.put(
                "ACCESS_SCHEDULE_FUNCTION_ARN", "arn:aws:lambda:eu-central-1:111122223333:function:access-change");
        environment.put("ACCESS_SCHEDULE_DEAD_LETTER_QUEUE_ARN", "arn:aws:sqs:eu-central-1:111122223333:undelivered");
        return environment;
    }
}
