package io.reverser.alarms.notifier;

import io.reverser.alarms.notifier.cloudwatch.AlarmTags;
import io.reverser.alarms.notifier.cloudwatch.CloudWatchRegions;
import io.reverser.alarms.notifier.cloudwatch.DeliveryMetrics;
import io.reverser.alarms.notifier.delivery.AlarmActions;
import io.reverser.alarms.notifier.delivery.AlarmDelivery;
import io.reverser.alarms.notifier.delivery.AlarmQueues;
import io.reverser.alarms.notifier.delivery.AlarmRecorder;
import io.reverser.alarms.notifier.delivery.DeliveryFailures;
import io.reverser.alarms.notifier.delivery.NotificationResolver;
import io.reverser.alarms.notifier.graph.GraphAttacher;
import io.reverser.alarms.notifier.graph.GraphRenderer;
import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.OutboxWriter;
import io.reverser.alarms.notifier.publish.ChannelLock;
import io.reverser.alarms.notifier.publish.ChannelPublisher;
import io.reverser.alarms.routes.Routes;
import io.reverser.awssdk.AwsClients;
import io.reverser.awssdk.DynamoDbLeases;
import io.reverser.configreader.ConfigJson;
import io.reverser.runtime.FunctionClock;
import io.reverser.slack.client.MinimalSlackClient;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Builds the function's objects from its configuration. */
@Singleton
class AlarmsProducer {

    /** How long a lease lasts; a publisher renews its lease more often than that. */
    static final Duration LEASE_TTL = Duration.ofSeconds(40);

    /** The timeout of an attempt to call AWS. Three attempts fit into the time reserved at the end of an invocation. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);

    private final AlarmsConfig config;

    AlarmsProducer(AlarmsConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    BatchDispatcher dispatcher() {
        return dispatcher(config, AwsClients.fromEnvironment(), FunctionClock.find());
    }

    static BatchDispatcher dispatcher(AlarmsConfig config, AwsClients clients, InstantSource clock) {
        SecretsManagerClient secrets = clients.build(SecretsManagerClient.builder(), RESPONSE_TIMEOUT);
        DynamoDbClient dynamoDb = clients.build(DynamoDbClient.builder(), RESPONSE_TIMEOUT);
        // TLS already protects the integrity of messages, so the SDK need not compare MD5 checksums as well.
        SqsClient sqs = clients.build(SqsClient.builder().checksumValidationEnabled(false), RESPONSE_TIMEOUT);
        var slack = new SlackClient(
                config.slackApi(),
                new SlackCredentialsCache(
                        () -> secrets.getSecretValue(get -> get.secretId(config.slackSecret()))
                                .secretString(),
                        clock));
        var metrics = new DeliveryMetrics();
        var table = new AlarmTable(dynamoDb, config.table(), clock);
        var leases = new DynamoDbLeases(dynamoDb, config.table(), LEASE_TTL, clock);
        var channelLock = new ChannelLock(leases, slack, clock, config.minInterval());
        var queues = new AlarmQueues(
                sqs,
                new AlarmQueues.Urls(
                        config.queue().alarms(),
                        config.queue().work(),
                        config.queue().deadLetters()));
        var cloudWatch = new CloudWatchRegions(clients);
        Routes routes = Routes.read(ConfigJson.read(config.routesFile()));
        var outbox = new OutboxWriter(table, config.episodeReopenWindow(), clock);
        var failures =
                new DeliveryFailures(table, outbox, queues, slack, routes.defaultRoute(), config.maxAge(), metrics);
        return new BatchDispatcher(
                new AlarmDelivery(
                        new AlarmRecorder(
                                new NotificationResolver(routes, new AlarmTags(cloudWatch, clock, metrics)), outbox),
                        new ChannelPublisher(table, leases, slack, clock, config.minInterval(), metrics),
                        failures,
                        metrics),
                new GraphAttacher(
                        table, new GraphRenderer(cloudWatch), slack, channelLock, clock, config.minInterval(), metrics),
                new AlarmActions(
                        table,
                        channelLock,
                        new MinimalSlackClient(config.slackApi()),
                        config.slackResponseUrlPrefix(),
                        clock),
                failures,
                queues,
                clock,
                metrics);
    }
}
