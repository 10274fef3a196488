package io.reverser.cdk.rotation;

import io.reverser.cdk.settings.Settings;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Calls the function every minute. Each call takes the next step, so nothing is tried again: the next minute does. What failed
 * is kept to be looked at.
 */
final class EveryMinute extends Construct {

    private static final int A_MINUTE = 60;

    EveryMinute(Construct scope, Settings settings, Alias alias) {
        super(scope, "EveryMinute");
        Queue undelivered = Queue.Builder.create(this, "Undelivered")
                .queueName(settings.name() + "-rotation-undelivered")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        alias.configureAsyncInvoke(EventInvokeConfigOptions.builder()
                .retryAttempts(0)
                .maxEventAge(Duration.seconds(A_MINUTE))
                .onFailure(new SqsDestination(undelivered))
                .build());
        var group = CfnScheduleGroup.Builder.create(this, "Schedules")
                .name(settings.name() + "-rotation")
                .build();
        var caller = Role.Builder.create(this, "Caller")
                .description("Taken by the schedule that looks after the database password")
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of("StringEquals", Map.of("aws:SourceArn", group.getAttrArn())))
                        .build())
                .build();
        alias.grantInvoke(caller);
        undelivered.grantSendMessages(caller);
        CfnSchedule.Builder.create(this, "Look")
                .groupName(group.getRef())
                .description("Looks after the database password")
                .scheduleExpression("rate(1 minute)")
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(alias.getFunctionArn())
                        .roleArn(caller.getRoleArn())
                        .input("{\"kind\":\"reconcile\"}")
                        .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                .arn(undelivered.getQueueArn())
                                .build())
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(0)
                                .maximumEventAgeInSeconds(A_MINUTE)
                                .build())
                        .build())
                .build();
    }
}
