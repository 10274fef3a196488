package io.reverser.runner.functions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.runner.process.SandboxException;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.lambda.AsyncInvoker;
import io.reverser.simulators.aws.lambda.FunctionFailed;
import io.reverser.simulators.aws.lambda.HttpApi;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import io.reverser.simulators.aws.lambda.StreamTrigger;
import io.reverser.simulators.slack.SlackApp;
import io.reverser.simulators.slack.SlackWorkspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Cluster access on this machine: the command function and the granter function from their packages, with a simulated
 * AWS and Slack.
 */
public final class AccessSandbox implements AutoCloseable {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final String REQUEST_TABLE = "cluster-access";
    private static final String SWEEP_EVENT = "{\"kind\":\"sweep\"}";

    private final SimulatedBackends backends;
    private final LambdaFunction command;
    private final LambdaFunction granter;
    private final StreamTrigger stream;
    private final AsyncInvoker schedules;
    private final HttpApi api;
    private final SlackApp app;

    private AccessSandbox(Path repository, Path home) {
        backends = SimulatedBackends.start(home);
        backends.createRequestTable(REQUEST_TABLE);
        Map<String, String> environment = backends.accessEnvironment(REQUEST_TABLE);
        command = LambdaFunction.of(AccessPackages.command(repository, home), environment);
        granter = LambdaFunction.of(AccessPackages.granter(repository, home), environment);
        stream = StreamTrigger.start(aws(), granter);
        schedules = new AsyncInvoker(granter, RETRY_DELAY);
        aws().scheduler().onFire((target, input) -> schedules.invoke(input));
        api = HttpApi.start(command);
        app = backends.newSlackApp(api.uri());
    }

    /**
     * Starts cluster access. The process of each function starts with the first call of the function.
     *
     * @param home the folder for all files of the sandbox
     */
    public static AccessSandbox start(Path repository, Path home) {
        return new AccessSandbox(repository, home.toAbsolutePath());
    }

    /** The simulated AWS and Slack that the functions call. */
    public SimulatedBackends backends() {
        return backends;
    }

    /** The simulated AWS. */
    public AwsEndpoint aws() {
        return backends.aws();
    }

    /** The Slack workspace, which shows what people see. */
    public SlackWorkspace workspace() {
        return backends.workspace();
    }

    /** The Slack app, which sends what people click and type to the command function. */
    public SlackApp app() {
        return app;
    }

    /** The function that answers Slack. */
    public LambdaFunction command() {
        return command;
    }

    /** Whether the granter function is idle, and no asynchronous invocation of it is pending. */
    public boolean isIdle() {
        return schedules.pendingCount() == 0 && !granter.isBusy();
    }

    /** The function that grants and revokes access. */
    public LambdaFunction granter() {
        return granter;
    }

    /** The channel in which approvers approve and reject requests. */
    public String approvalsChannel() {
        return SimulatedBackends.APPROVALS_CHANNEL;
    }

    /** The expiry events that the granter function failed to process. */
    public List<String> deadLetters() {
        return schedules.deadLetters();
    }

    /**
     * Starts the function that Slack calls, before Slack calls it: Slack waits only three seconds for a response, and
     * on a busy machine the start may take longer.
     *
     * @throws SandboxException when the function does not start
     */
    public void startCommand() {
        try {
            command.start();
        } catch (FunctionFailed failed) {
            throw new SandboxException("The function that Slack calls did not start: " + failed.getMessage(), failed);
        }
    }

    /**
     * Runs one sweep of the granter function, which reconciles all open requests and deletes expired access entries.
     * {@link #scheduleSweep} schedules regular sweeps.
     */
    public void sweep() {
        granter.invoke(SWEEP_EVENT);
    }

    /** Schedules a sweep of the granter function every five minutes, as the CDK app does. */
    public void scheduleSweep() {
        ObjectNode schedule = JsonNodeFactory.instance.objectNode().put("ScheduleExpression", "rate(5 minutes)");
        schedule.putObject("FlexibleTimeWindow").put("Mode", "OFF");
        schedule.putObject("Target")
                .put("Arn", SimulatedBackends.GRANTER_ARN)
                .put("RoleArn", SimulatedBackends.SCHEDULE_ROLE_ARN)
                .put("Input", SWEEP_EVENT);
        aws().scheduler().createSchedule("sweep", schedule);
    }

    @Override
    public void close() {
        app.close();
        api.close();
        stream.close();
        schedules.close();
        command.close();
        granter.close();
        backends.close();
    }
}
