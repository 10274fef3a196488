package io.reverser.cdk.functions;

import io.reverser.cdk.lambda.LambdaArtifacts;
import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/** The functions that Slack and CloudWatch alarms invoke. */
public final class FunctionsStack extends Stack {

    private final String accessDeadLetterQueueName;
    private final String slackApiId;

    /** Creates the functions and the HTTP API for Slack. */
    public FunctionsStack(
            Construct scope, String id, StackProps properties, Settings settings, LambdaArtifacts artifacts) {
        super(scope, id, properties);
        ISecret slack =
                Secret.fromSecretNameV2(this, "Slack", settings.operations().slackSecret());
        var access = new AccessFunctions(this, settings, artifacts, slack);
        var alarms = new AlarmFunction(this, settings, artifacts, slack);
        access.forwardAlarmActionsTo(alarms);
        var slackApi = new SlackHttpApi(this, settings, access.commandAlias());
        CfnOutput.Builder.create(this, "SlackRequestUrl")
                .description("Request URL for the slash commands and the interactivity of the Slack app")
                .value(slackApi.url())
                .build();
        accessDeadLetterQueueName = access.deadLetterQueue().getQueueName();
        slackApiId = slackApi.apiId();
    }

    /** Name of the dead-letter queue of cluster access events. */
    public String accessDeadLetterQueueName() {
        return accessDeadLetterQueueName;
    }

    /** Id of the HTTP API for Slack. */
    public String slackApiId() {
        return slackApiId;
    }
}
