package io.reverser.cdk.functions;

import io.reverser.cdk.lambda.FunctionQueue;
import io.reverser.cdk.lambda.FunctionSchedules;
import io.reverser.cdk.lambda.LambdaArtifacts;
import io.reverser.cdk.lambda.SnapStartFunction;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.StartingPosition;
import software.amazon.awscdk.services.lambda.eventsources.DynamoEventSource;
import software.amazon.awscdk.services.lambda.eventsources.SqsDlq;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * The two functions of cluster access: <em>command</em> is public and has no permissions for clusters; <em>granter</em>
 * is private and has these permissions.
 */
final class AccessFunctions extends Construct {

    private final Alias commandAlias;
    private final SnapStartFunction commandFunction;
    private final Queue deadLetterQueue;

    AccessFunctions(Construct scope, Settings settings, LambdaArtifacts artifacts, ISecret slack) {
        super(scope, "Access");
        var names = new PhysicalNames(settings);
        var accessTable = new AccessTable(this, settings);
        var table = accessTable.table();
        var policy = artifacts.accessPolicyLayer(this, settings);
        commandFunction = new SnapStartFunction(this, "Command", settings, artifacts.accessCommand())
                .layer(policy)
                // The layer is for /maintenance-window, which Slack sends to the same URL as /cluster-access.
                .layer(artifacts.rotationPlanLayer(this, settings))
                .environment("ACCESS_TABLE", table.getTableName())
                .environment("ACCESS_SLACK_SECRET", slack.getSecretArn());
        slack.grantRead(commandFunction.function());
        commandFunction.function().addToRolePolicy(accessTable.policyStatement());
        commandAlias = commandFunction.alias();

        deadLetterQueue = FunctionQueue.deadLetterBuilder(this).build();
        var tagSigningKey = Secret.Builder.create(this, "TagSigningKey")
                .secretName(names.tagSigningKeySecret())
                .description("Signs the tags of access entries")
                .generateSecretString(SecretStringGenerator.builder()
                        .secretStringTemplate("{}")
                        .generateStringKey("mac_key")
                        .passwordLength(64)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(settings.removalPolicy())
                .build();
        String scheduleGroup = names.accessScheduleGroup();
        var granter = new SnapStartFunction(this, "Granter", settings, artifacts.accessGranter())
                .layer(policy)
                .environment("ACCESS_TABLE", table.getTableName())
                .environment("ACCESS_SLACK_SECRET", slack.getSecretArn())
                .environment("ACCESS_MAC_SECRET", tagSigningKey.getSecretArn())
                .environment("ACCESS_SCHEDULE_GROUP", scheduleGroup);
        var alias = granter.alias();
        var schedules = new FunctionSchedules(
                this, scheduleGroup, "Assumed by the schedules that revoke cluster access", alias, deadLetterQueue);
        granter.environment("ACCESS_SCHEDULE_ROLE_ARN", schedules.roleArn())
                .environment("ACCESS_SCHEDULE_FUNCTION_ARN", names.liveAliasArn(this, "access-granter"))
                .environment("ACCESS_SCHEDULE_DEAD_LETTER_QUEUE_ARN", deadLetterQueue.getQueueArn());
        slack.grantRead(granter.function());
        tagSigningKey.grantRead(granter.function());
        granter.function().addToRolePolicy(accessTable.policyStatement());
        new AccessGranterPolicy(settings, scheduleGroup, schedules.roleArn())
                .statements()
                .forEach(granter.function()::addToRolePolicy);
        alias.addEventSource(DynamoEventSource.Builder.create(table)
                .startingPosition(StartingPosition.TRIM_HORIZON)
                .batchSize(10)
                .retryAttempts(100)
                .maxRecordAge(Duration.hours(6))
                .bisectBatchOnError(true)
                .reportBatchItemFailures(true)
                .onFailure(new SqsDlq(deadLetterQueue))
                .build());
        schedules.addRate(
                "Sweep", "Reconciles all cluster access, in case a schedule was lost", Duration.minutes(5), "sweep", 2);
    }

    /**
     * Lets <em>command</em> forward clicks on alarms, because Slack sends all requests to one URL. The function only
     * enqueues a click; the notifier processes it.
     */
    void forwardAlarmActionsTo(AlarmFunction alarms) {
        commandFunction.environment("ACCESS_ALARM_QUEUE_URL", alarms.grantEnqueueActions(commandFunction.function()));
    }

    /** The queue of events that <em>granter</em> failed to process. */
    Queue deadLetterQueue() {
        return deadLetterQueue;
    }

    /** The function that receives Slack's requests. */
    Alias commandAlias() {
        return commandAlias;
    }
}
