package io.reverser.cdk.functions;

import io.reverser.cdk.lambda.LambdaArtifacts;
import io.reverser.cdk.lambda.SnapStartFunction;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * What tells alarms in Slack: the queue behind the topic, the function, and a queue of its own for what people click, so
 * that no storm keeps them waiting.
 */
final class AlarmFunction extends Construct {

    /** The function gives up by itself after four hours and says why; the queue, when it never gets to that. */
    private static final int MAX_RECEIVES = 1000;

    private final Queue workQueue;

    AlarmFunction(Construct scope, Settings settings, LambdaArtifacts artifacts, ISecret slack) {
        super(scope, "Alarms");
        var names = new PhysicalNames(settings);
        Queue deadLetterQueue = queueBuilder("DeadLetterQueue", names.alarmDeadLetterQueue())
                .retentionPeriod(Duration.days(14))
                .build();
        Queue alarmQueue = sourceQueue("Queue", names.alarmQueue(), deadLetterQueue);
        alarmQueue.addToResourcePolicy(allowTopicStatement(settings, names, alarmQueue));
        workQueue = sourceQueue("WorkQueue", names.alarmWorkQueue(), deadLetterQueue);
        TableV2 table = createTable(names);
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

    /** Lets a function enqueue clicks on alarms; returns the URL of the queue for them. */
    String grantEnqueueActions(IGrantable function) {
        workQueue.grantSendMessages(function);
        return workQueue.getQueueUrl();
    }

    private Queue sourceQueue(String id, String name, Queue deadLetterQueue) {
        return queueBuilder(id, name)
                .visibilityTimeout(Duration.minutes(6))
                .retentionPeriod(Duration.days(4))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetterQueue)
                        .maxReceiveCount(MAX_RECEIVES)
                        .build())
                .build();
    }

    private Queue.Builder queueBuilder(String id, String name) {
        return Queue.Builder.create(this, id)
                .queueName(name)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true);
    }

    /** The topic is in a stack that comes later; its name is known. */
    private static PolicyStatement allowTopicStatement(Settings settings, PhysicalNames names, Queue queue) {
        return PolicyStatement.Builder.create()
                .sid("AllowAlarmTopic")
                .principals(List.of(new ServicePrincipal("sns.amazonaws.com")))
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(queue.getQueueArn()))
                .conditions(Map.of(
                        "ArnEquals",
                        Map.of(
                                "aws:SourceArn",
                                "arn:aws:sns:%s:%s:%s"
                                        .formatted(settings.region(), settings.account(), names.alarmTopic()))))
                .build();
    }

    private TableV2 createTable(PhysicalNames names) {
        return TableV2.Builder.create(this, "Table")
                .tableName(names.alarmTable())
                .partitionKey(stringAttribute("id"))
                .sortKey(stringAttribute("sk"))
                .billing(Billing.onDemand())
                .timeToLiveAttribute("expires")
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }

    private static List<PolicyStatement> policyStatements(Settings settings, TableV2 table) {
        return List.of(
                statement(
                        "StateTable",
                        List.of(
                                "dynamodb:GetItem",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem",
                                "dynamodb:DeleteItem",
                                "dynamodb:BatchWriteItem",
                                "dynamodb:Query"),
                        table.getTableArn()),
                statement(
                        "ReadAlarmTags",
                        List.of("cloudwatch:ListTagsForResource"),
                        "arn:aws:cloudwatch:*:%s:alarm:*".formatted(settings.account())),
                // Neither takes the name of a resource.
                statement(
                        "RenderGraphs", List.of("cloudwatch:DescribeAlarms", "cloudwatch:GetMetricWidgetImage"), "*"));
    }

    private static PolicyStatement statement(String sid, List<String> actions, String resource) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(actions)
                .resources(List.of(resource))
                .build();
    }

    private static Attribute stringAttribute(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
