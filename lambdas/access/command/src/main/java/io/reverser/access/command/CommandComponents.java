package io.reverser.access.command;

import io.reverser.access.command.slack.AlarmActionForwarder;
import io.reverser.access.command.slack.ClusterAccessCommand;
import io.reverser.access.command.slack.Interactions;
import io.reverser.access.command.slack.MaintenanceWindowCommand;
import io.reverser.access.command.slack.SlackAuthenticator;
import io.reverser.access.command.slack.SlackResponder;
import io.reverser.access.command.workflow.RequestDecisions;
import io.reverser.access.command.workflow.RequestExtensions;
import io.reverser.access.command.workflow.RequestQueries;
import io.reverser.access.command.workflow.RequestRepository;
import io.reverser.access.command.workflow.RequestSubmission;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyReader;
import io.reverser.access.request.RequestTable;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.SecretReader;
import io.reverser.configreader.ConfigJson;
import io.reverser.runtime.FunctionClock;
import io.reverser.slack.client.MinimalSlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import java.time.InstantSource;
import java.util.Map;

/** The components of the command function, which handles Slack's requests. */
record CommandComponents(
        SlackAuthenticator authenticator,
        ClusterAccessCommand clusterAccess,
        Interactions interactions,
        AlarmActionForwarder alarmActions,
        MaintenanceWindowCommand maintenanceWindows,
        InstantSource clock) {

    /**
     * Creates the components while {@link StartupPriming} primes the function in other threads.
     *
     * @throws RuntimeException if a setting is wrong; the message says which one, and why
     */
    static CommandComponents from(Map<String, String> environment) {
        var config = CommandConfig.from(environment);
        InstantSource clock = FunctionClock.find();
        var priming = StartupPriming.begin(config.slackApiUrl(), clock.instant());
        var aws = new AwsJsonClient(AwsEnvironment.from(environment));
        var secrets = new SecretReader(aws);
        var credentials = new SlackCredentialsCache(() -> secrets.readText(config.slackSecret()), clock);
        var slack = new MinimalSlackClient(config.slackApiUrl());
        var table = new RequestTable(aws, config.table(), clock);
        priming.startCalls(table, slack, clock.instant());
        var responder = new SlackResponder(slack, credentials, config.slackResponseUrlPrefix());
        var policy = PolicyReader.read(ConfigJson.read(config.policyFile()));
        CommandComponents components = compose(
                policy,
                table,
                credentials,
                responder,
                new AlarmActionForwarder(aws, config.alarmQueueUrl(), responder),
                new MaintenanceWindowCommand(config.rotationPlanFile()),
                clock);
        priming.finish(components.clusterAccess(), policy.slack(), aws, clock.instant());
        return components;
    }

    /** Creates the components from the given adapters, which a test can replace. */
    static CommandComponents compose(
            Policy policy,
            RequestTable table,
            SlackCredentialsCache credentials,
            SlackResponder responder,
            AlarmActionForwarder alarmActions,
            MaintenanceWindowCommand maintenanceWindows,
            InstantSource clock) {
        var repository = new RequestRepository(table);
        var submission = new RequestSubmission(policy, repository);
        var decisions = new RequestDecisions(policy, repository);
        var extensions = new RequestExtensions(policy, repository);
        var queries = new RequestQueries(policy, repository);
        return new CommandComponents(
                new SlackAuthenticator(credentials, policy.slack()),
                new ClusterAccessCommand(policy, submission, decisions, extensions, queries, responder),
                new Interactions(policy, submission, decisions, extensions, responder),
                alarmActions,
                maintenanceWindows,
                clock);
    }
}
