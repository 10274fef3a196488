package io.reverser.cdk.functions;

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
    private static final int MOST_RECEIVES = 1000;

    private final Queue work;

    AlarmFunction(Construct scope, Settings settings, Packages packages, ISecret slack) {
        super(scope, "Alarms");
        var names = new AlarmNames(settings.name());
        Queue dead = queue("Undelivered", names.undelivered())
                .retentionPeriod(Duration.days(14))
                .build();
        Queue alarms = fed("Queue", names.queue(), dead);
        alarms.addToResourcePolicy(fromTopic(settings, names, alarms));
        work = fed("Work", names.work(), dead);
        TableV2 table = table(settings);
        var alarmFunction = new QuarkusFunction(this, "Tell", settings, packages.alarms())
                .layer(packages.alarmLayer(this, settings))
                .environment("ALARMS_TABLE", table.getTableName())
                .environment("ALARMS_SLACK_SECRET", slack.getSecretArn())
                .environment("ALARMS_QUEUE_ALARMS", alarms.getQueueUrl())
                .environment("ALARMS_QUEUE_WORK", work.getQueueUrl())
                .environment("ALARMS_QUEUE_DEAD_LETTERS", dead.getQueueUrl());
        var function = alarmFunction.function();
        slack.grantRead(function);
        work.grantSendMessages(function);
        dead.grantSendMessages(function);
        rights(settings, table).forEach(function::addToRolePolicy);
        alarmFunction.alias().addEventSource(source(alarms, 5));
        alarmFunction.alias().addEventSource(source(work, 2));
    }

    private static SqsEventSource source(Queue queue, int atOnce) {
        return SqsEventSource.Builder.create(queue)
                .batchSize(10)
                .maxConcurrency(atOnce)
                .reportBatchItemFailures(true)
                .build();
    }

    /** Lets somebody hand on what people clicked; URL of the queue for it. */
    String takesClicksFrom(IGrantable function) {
        work.grantSendMessages(function);
        return work.getQueueUrl();
    }

    private Queue fed(String id, String name, Queue dead) {
        return queue(id, name)
                .visibilityTimeout(Duration.minutes(6))
                .retentionPeriod(Duration.days(4))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(dead)
                        .maxReceiveCount(MOST_RECEIVES)
                        .build())
                .build();
    }

    private Queue.Builder queue(String id, String name) {
        return Queue.Builder.create(this, id)
                .queueName(name)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true);
    }

    /** The topic is in a stack that comes later; its name is known. */
    private static PolicyStatement fromTopic(Settings settings, AlarmNames names, Queue queue) {
        return PolicyStatement.Builder.create()
                .sid("FromTheTopic")
                .principals(List.of(new ServicePrincipal("sns.amazonaws.com")))
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(queue.getQueueArn()))
                .conditions(Map.of(
                        "ArnEquals",
                        Map.of(
                                "aws:SourceArn",
                                "arn:aws:sns:%s:%s:%s"
                                        .formatted(settings.region(), settings.account(), names.topic()))))
                .build();
    }

    private TableV2 table(Settings settings) {
        return TableV2.Builder.create(this, "Table")
                .tableName(settings.name() + "-alarms")
                .partitionKey(text("id"))
                .sortKey(text("part"))
                .billing(Billing.onDemand())
                .timeToLiveAttribute("expires")
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }

    private static List<PolicyStatement> rights(Settings settings, TableV2 table) {
        return List.of(
                statement(
                        "Remember",
                        List.of(
                                "dynamodb:GetItem",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem",
                                "dynamodb:DeleteItem",
                                "dynamodb:BatchWriteItem",
                                "dynamodb:Query"),
                        table.getTableArn()),
                statement(
                        "Tags",
                        List.of("cloudwatch:ListTagsForResource"),
                        "arn:aws:cloudwatch:*:%s:alarm:*".formatted(settings.account())),
                // Neither takes the name of a resource.
                statement("Draw", List.of("cloudwatch:DescribeAlarms", "cloudwatch:GetMetricWidgetImage"), "*"));
    }

    private static PolicyStatement statement(String sid, List<String> actions, String resource) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(actions)
                .resources(List.of(resource))
                .build();
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
