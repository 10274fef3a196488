package io.reverser.runner;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.lambda.AsyncInvoker;
import io.reverser.simulators.lambda.FunctionFailed;
import io.reverser.simulators.lambda.HttpApi;
import io.reverser.simulators.lambda.LambdaFunction;
import io.reverser.simulators.lambda.StreamTrigger;
import io.reverser.simulators.slack.SlackApp;
import io.reverser.simulators.slack.SlackWorkspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Cluster access on this machine: both functions from their packages, with an AWS and a Slack to talk with. */
public final class AccessSandbox implements AutoCloseable {

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String SWEEP = "{\"kind\":\"sweep\"}";

    private final AccessSurroundings surroundings;
    private final LambdaFunction command;
    private final LambdaFunction change;
    private final StreamTrigger stream;
    private final AsyncInvoker schedules;
    private final HttpApi api;
    private final SlackApp app;

    private AccessSandbox(Path repository, Path home) {
        surroundings = AccessSurroundings.start(home);
        Map<String, String> environment = surroundings.withTable("cluster-access");
        command = LambdaFunction.of(AccessFunctions.command(repository, home), environment);
        change = LambdaFunction.of(AccessFunctions.change(repository, home), environment);
        stream = StreamTrigger.start(aws(), change);
        schedules = new AsyncInvoker(change, RETRY);
        aws().scheduler().onDue((target, input) -> schedules.invoke(input));
        api = HttpApi.start(command);
        app = surroundings.app(api.uri());
    }

    /**
     * Starts it; the functions' processes start when they are first called.
     *
     * @param home everything it writes is in there
     */
    public static AccessSandbox start(Path repository, Path home) {
        return new AccessSandbox(repository, home.toAbsolutePath());
    }

    /** What it finds around it. */
    public AccessSurroundings surroundings() {
        return surroundings;
    }

    /** AWS. */
    public AwsEndpoint aws() {
        return surroundings.aws();
    }

    /** What people see in Slack. */
    public SlackWorkspace workspace() {
        return surroundings.workspace();
    }

    /** What people do in Slack. */
    public SlackApp app() {
        return app;
    }

    /** The function that answers Slack. */
    public LambdaFunction command() {
        return command;
    }

    /** Whether nothing of what is due is under way. */
    public boolean isIdle() {
        return schedules.waiting() == 0 && !change.isBusy();
    }

    /** The function that changes clusters. */
    public LambdaFunction change() {
        return change;
    }

    /** Where approvers read. */
    public String approvals() {
        return AccessSurroundings.APPROVALS;
    }

    /** What the end of access was tried for in vain. */
    public List<String> undelivered() {
        return schedules.deadLetters();
    }

    /**
     * Starts the function that Slack calls: Slack waits three seconds, and on a busy machine a start may take longer.
     *
     * @throws SandboxFailure when it does not start
     */
    void wake() {
        try {
            command.start();
        } catch (FunctionFailed failed) {
            throw new SandboxFailure("The function that Slack calls does not start: " + failed.getMessage(), failed);
        }
    }

    /** Looks after everything, as {@link #sweepAgainAndAgain} does. */
    public void sweep() {
        change.invoke(SWEEP);
    }

    /** Has everything looked after every five minutes, as where it is deployed. */
    void sweepAgainAndAgain() {
        ObjectNode schedule = JsonNodeFactory.instance.objectNode().put("ScheduleExpression", "rate(5 minutes)");
        schedule.putObject("FlexibleTimeWindow").put("Mode", "OFF");
        schedule.putObject("Target")
                .put("Arn", AccessSurroundings.CHANGE_ARN)
                .put("RoleArn", AccessSurroundings.SCHEDULES_ROLE)
                .put("Input", SWEEP);
        aws().scheduler().create("sweep", schedule);
    }

    @Override
    public void close() {
        app.close();
        api.close();
        stream.close();
        schedules.close();
        command.close();
        change.close();
        surroundings.close();
    }
}
