package io.reverser.cdk.functions;

import io.reverser.cdk.settings.Settings;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.StartingPosition;
import software.amazon.awscdk.services.lambda.eventsources.DynamoEventSource;
import software.amazon.awscdk.services.lambda.eventsources.SqsDlq;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** Cluster access: <em>command</em> on the internet, which cannot touch a cluster, and <em>change</em>, which can. */
final class AccessFunctions extends Construct {

    private final Alias command;
    private final QuarkusFunction commandFunction;
    private final Queue undelivered;

    AccessFunctions(Construct scope, Settings settings, Packages packages, ISecret slack) {
        super(scope, "Access");
        var requests = new AccessTable(this, settings);
        var table = requests.table();
        var policy = packages.policyLayer(this, settings);
        commandFunction = new QuarkusFunction(this, "Command", settings, packages.command())
                .layer(policy)
                // For /maintenance-window, which Slack sends to the same address.
                .layer(packages.planLayer(this, settings))
                .environment("ACCESS_TABLE", table.getTableName())
                .environment("ACCESS_SLACK_SECRET", slack.getSecretArn());
        slack.grantRead(commandFunction.function());
        commandFunction.function().addToRolePolicy(requests.rights());
        command = commandFunction.alias();

        undelivered = queue("Undelivered");
        var mac = Secret.Builder.create(this, "Mac")
                .secretName(settings.name() + "/cluster-access/mac")
                .description("Signs the tags of access entries")
                .generateSecretString(SecretStringGenerator.builder()
                        .secretStringTemplate("{}")
                        .generateStringKey("mac_key")
                        .passwordLength(64)
                        .excludePunctuation(true)
                        .build())
                .build();
        String groupName = settings.name() + "-cluster-access";
        var group = CfnScheduleGroup.Builder.create(this, "Schedules")
                .name(groupName)
                .build();
        var change = new QuarkusFunction(this, "Change", settings, packages.change())
                .layer(policy)
                .environment("ACCESS_TABLE", table.getTableName())
                .environment("ACCESS_SLACK_SECRET", slack.getSecretArn())
                .environment("ACCESS_MAC_SECRET", mac.getSecretArn())
                .environment("ACCESS_SCHEDULE_GROUP", groupName);
        var alias = change.alias();
        var caller = Role.Builder.create(this, "Caller")
                .description("Taken by the schedules that end access")
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of("StringEquals", Map.of("aws:SourceArn", group.getAttrArn())))
                        .build())
                .build();
        alias.grantInvoke(caller);
        undelivered.grantSendMessages(caller);
        change.environment("ACCESS_SCHEDULE_ROLE_ARN", caller.getRoleArn())
                .environment("ACCESS_SCHEDULE_FUNCTION_ARN", Names.aliasArn(this, settings.name() + "-access-change"))
                .environment("ACCESS_SCHEDULE_DEAD_LETTER_QUEUE_ARN", undelivered.getQueueArn());
        slack.grantRead(change.function());
        mac.grantRead(change.function());
        change.function().addToRolePolicy(requests.rights());
        new ChangeRights(settings, groupName, caller.getRoleArn())
                .statements()
                .forEach(change.function()::addToRolePolicy);
        alias.addEventSource(DynamoEventSource.Builder.create(table)
                .startingPosition(StartingPosition.TRIM_HORIZON)
                .batchSize(10)
                .retryAttempts(100)
                .maxRecordAge(Duration.hours(6))
                .bisectBatchOnError(true)
                .reportBatchItemFailures(true)
                .onFailure(new SqsDlq(undelivered))
                .build());
        sweep(alias, caller, group, undelivered);
    }

    /** Slack sends everything to one address; what is clicked on alarms is only handed on. */
    void handsClicksTo(AlarmFunction alarms) {
        commandFunction.environment("ACCESS_ALARM_CLICKS", alarms.takesClicksFrom(commandFunction.function()));
    }

    /** What could not be carried out. */
    Queue undelivered() {
        return undelivered;
    }

    /** Where Slack's requests go. */
    Alias command() {
        return command;
    }

    private Queue queue(String id) {
        return Queue.Builder.create(this, id)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
    }

    private void sweep(Alias alias, Role caller, CfnScheduleGroup group, Queue undelivered) {
        CfnSchedule.Builder.create(this, "Sweep")
                .groupName(group.getRef())
                .description("Looks after all access, in case a schedule was lost")
                .scheduleExpression("rate(5 minutes)")
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(alias.getFunctionArn())
                        .roleArn(caller.getRoleArn())
                        .input("{\"kind\":\"sweep\"}")
                        .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                .arn(undelivered.getQueueArn())
                                .build())
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(2)
                                .maximumEventAgeInSeconds(300)
                                .build())
                        .build())
                .build();
    }
}
