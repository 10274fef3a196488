package io.reverser.cdk.rotation;

import io.reverser.cdk.names.PhysicalNames;
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
final class ReconcileSchedule extends Construct {

    private static final int INTERVAL_SECONDS = 60;

    ReconcileSchedule(Construct scope, Settings settings, Alias alias) {
        super(scope, "ReconcileSchedule");
        var names = new PhysicalNames(settings);
        Queue deadLetterQueue = Queue.Builder.create(this, "DeadLetterQueue")
                .queueName(names.rotationDeadLetterQueue())
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        alias.configureAsyncInvoke(EventInvokeConfigOptions.builder()
                .retryAttempts(0)
                .maxEventAge(Duration.seconds(INTERVAL_SECONDS))
                .onFailure(new SqsDestination(deadLetterQueue))
                .build());
        var scheduleGroup = CfnScheduleGroup.Builder.create(this, "Schedules")
                .name(names.rotationScheduleGroup())
                .build();
        var schedulerRole = Role.Builder.create(this, "SchedulerRole")
                .description("Taken by the schedule that looks after the database password")
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of("StringEquals", Map.of("aws:SourceArn", scheduleGroup.getAttrArn())))
                        .build())
                .build();
        alias.grantInvoke(schedulerRole);
        deadLetterQueue.grantSendMessages(schedulerRole);
        CfnSchedule.Builder.create(this, "Schedule")
                .groupName(scheduleGroup.getRef())
                .description("Looks after the database password")
                .scheduleExpression("rate(1 minute)")
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(alias.getFunctionArn())
                        .roleArn(schedulerRole.getRoleArn())
                        .input("{\"kind\":\"reconcile\"}")
                        .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                .arn(deadLetterQueue.getQueueArn())
                                .build())
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(0)
                                .maximumEventAgeInSeconds(INTERVAL_SECONDS)
                                .build())
                        .build())
                .build();
    }
}
