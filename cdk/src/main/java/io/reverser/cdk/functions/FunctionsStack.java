package io.reverser.cdk.functions;

import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/** The functions that Slack and the alarms call; each has a place of its own. */
public final class FunctionsStack extends Stack {

    private final String undeliveredQueue;
    private final String api;

    /** The functions, and the one address that Slack calls. */
    public FunctionsStack(Construct scope, String id, StackProps properties, Settings settings, Packages packages) {
        super(scope, id, properties);
        ISecret slack =
                Secret.fromSecretNameV2(this, "Slack", settings.operations().slackSecret());
        var access = new AccessFunctions(this, settings, packages, slack);
        var alarms = new AlarmFunction(this, settings, packages, slack);
        access.handsClicksTo(alarms);
        var address = new SlackAddress(this, settings, access.command());
        CfnOutput.Builder.create(this, "SlackRequestUrl")
                .description("For the slash commands and the interactivity of the Slack app")
                .value(address.url())
                .build();
        undeliveredQueue = access.undelivered().getQueueName();
        api = address.api();
    }

    /** Name of the queue of what could not be carried out. */
    public String undeliveredQueue() {
        return undeliveredQueue;
    }

    /** Id of the API that Slack calls. */
    public String api() {
        return api;
    }
}
