package io.reverser.cdk.lambda;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * A group of EventBridge schedules that invoke a function, and the role that they assume. An event that EventBridge
 * cannot deliver goes to the dead-letter queue.
 */
public final class FunctionSchedules {

    private final Construct scope;
    private final Alias alias;
    private final Queue deadLetterQueue;
    private final CfnScheduleGroup group;
    private final Role role;

    /**
     * Creates the group and the role.
     *
     * @param description of the role
     */
    public FunctionSchedules(
            Construct scope, String groupName, String description, Alias alias, Queue deadLetterQueue) {
        this.scope = scope;
        this.alias = alias;
        this.deadLetterQueue = deadLetterQueue;
        group = CfnScheduleGroup.Builder.create(scope, "Schedules")
                .name(groupName)
                .build();
        role = Role.Builder.create(scope, "SchedulerRole")
                .description(description)
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of("StringEquals", Map.of("aws:SourceArn", group.getAttrArn())))
                        .build())
                .build();
        alias.grantInvoke(role);
        deadLetterQueue.grantSendMessages(role);
    }

    /** ARN of the role that the schedules assume. */
    public String roleArn() {
        return role.getRoleArn();
    }

    /**
     * Invokes the function at a fixed rate. An event that is still undelivered when the next one is due moves to the
     * dead-letter queue.
     *
     * @param kind the field {@code kind} of the event, which selects the function's task
     */
    public void addRate(String id, String description, Duration rate, String kind, int retries) {
        CfnSchedule.Builder.create(scope, id)
                .groupName(group.getRef())
                .description(description)
                .scheduleExpression(ScheduleExpression.rate(rate).getExpressionString())
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(alias.getFunctionArn())
                        .roleArn(role.getRoleArn())
                        .input("{\"kind\":\"%s\"}".formatted(kind))
                        .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                .arn(deadLetterQueue.getQueueArn())
                                .build())
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(retries)
                                .maximumEventAgeInSeconds(rate.toSeconds())
                                .build())
                        .build())
                .build();
    }
}
