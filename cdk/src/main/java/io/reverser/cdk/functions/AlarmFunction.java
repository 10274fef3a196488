package io.reverser.cdk.functions;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.iam.PolicyStatements;
import io.reverser.cdk.lambda.FunctionQueue;
import io.reverser.cdk.lambda.LambdaArtifacts;
import io.reverser.cdk.lambda.SnapStartFunction;
import io.reverser.cdk.lambda.StateTable;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Alarms in Slack: the queue that is subscribed to the SNS topic, the notifier function, and a separate queue for
 * clicks on alarms and for graphs, so that clicks and graphs do not wait during an alarm storm.
 */
final class AlarmFunction extends Construct {

    /**
     * How many times SQS delivers a message before it moves the message to the dead-letter queue. This limit is only
     * for messages that crash the notifier each time; otherwise the notifier itself gives up on a message after four
     * hours and reports the reason.
     */
    private static final int MAX_RECEIVES = 1000;

    private final Queue workQueue;

    AlarmFunction(Construct scope, Settings settings, LambdaArtifacts artifacts, ISecret slack) {
        super(scope, "Alarms");
        var names = new PhysicalNames(settings);
        Queue deadLetterQueue = FunctionQueue.deadLetterBuilder(this)
                .queueName(names.alarmDeadLetterQueue())
                .build();
        Queue alarmQueue = sourceQueue("Queue", names.alarmQueue(), deadLetterQueue);
        alarmQueue.addToResourcePolicy(allowTopicStatement(settings, names, alarmQueue));
        workQueue = sourceQueue("WorkQueue", names.alarmWorkQueue(), deadLetterQueue);
        TableV2 table = StateTable.builder(this, names.alarmTable())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        var notifier = new SnapStartFunction(this, "Notifier", settings, artifacts.alarmsNotifier())
                .layer(artifacts.alarmRoutesLayer(this, settings))
                .environment("ALARMS_TABLE", table.getTableName())
                .environment("ALARMS_SLACK_SECRET", slack.getSecretArn())
                .environment("ALARMS_QUEUE_ALARMS", alarmQueue.getQueueUrl())
                .environment("ALARMS_QUEUE_WORK", workQueue.getQueueUrl())
                .environment("ALARMS_QUEUE_DEAD_LETTERS", deadLetterQueue.getQueueUrl());
        var function = notifier.function();
        slack.grantRead(function);
        workQueue.grantSendMessages(function);
        deadLetterQueue.grantSendMessages(function);
        policyStatements(settings, table).forEach(function::addToRolePolicy);
        notifier.alias().addEventSource(eventSource(alarmQueue, 5));
        notifier.alias().addEventSource(eventSource(workQueue, 2));
    }

    private static SqsEventSource eventSource(Queue queue, int maxConcurrency) {
        return SqsEventSource.Builder.create(queue)
                .batchSize(10)
                .maxConcurrency(maxConcurrency)
                .reportBatchItemFailures(true)
                .build();
    }

    /** Allows a function to enqueue clicks on alarms; returns the URL of the queue. */
    String grantEnqueueActions(IGrantable function) {
        workQueue.grantSendMessages(function);
        return workQueue.getQueueUrl();
    }

    private Queue sourceQueue(String id, String name, Queue deadLetterQueue) {
        return FunctionQueue.builder(this, id)
                .queueName(name)
                .visibilityTimeout(Duration.minutes(6))
                .retentionPeriod(Duration.days(4))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetterQueue)
                        .maxReceiveCount(MAX_RECEIVES)
                        .build())
                .build();
    }

    /**
     * Allows the alarm topic to send to the queue. The topic is identified by name, because a stack that is deployed
     * later creates it.
     */
    private static PolicyStatement allowTopicStatement(Settings settings, PhysicalNames names, Queue queue) {
        PolicyStatement statement = PolicyStatements.allowService(
                "sns.amazonaws.com",
                List.of("sqs:SendMessage"),
                queue.getQueueArn(),
                Map.of(
                        "ArnEquals",
                        Map.of(
                                "aws:SourceArn",
                                "arn:aws:sns:%s:%s:%s"
                                        .formatted(settings.region(), settings.account(), names.alarmTopic()))));
        statement.setSid("AllowAlarmTopic");
        return statement;
    }

    private static List<PolicyStatement> policyStatements(Settings settings, TableV2 table) {
        return List.of(
                allow(
                        "StateTable",
                        List.of(
                                "dynamodb:GetItem",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem",
                                "dynamodb:DeleteItem",
                                "dynamodb:BatchWriteItem",
                                "dynamodb:Query"),
                        List.of(table.getTableArn())),
                allow(
                        "ReadAlarmTags",
                        List.of("cloudwatch:ListTagsForResource"),
                        List.of("arn:aws:cloudwatch:*:%s:alarm:*".formatted(settings.account()))),
                // Neither action supports resource-level permissions.
                allow(
                        "RenderGraphs",
                        List.of("cloudwatch:DescribeAlarms", "cloudwatch:GetMetricWidgetImage"),
                        List.of("*")));
    }
}
